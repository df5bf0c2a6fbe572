import { useQuery } from '@tanstack/react-query'
import { Button, Popconfirm, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { useMe } from '../../shared/session.ts'
import { moment } from '../../staff/labels.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useDeed } from '../../staff/use-deed.ts'

type State = paths['/retention']['get']['responses']['200']['content']['application/json']

const KEY = 'retention'
const EMPTY = { body: {} } as const

/** How long personal data is kept, what is past it now, and its erasure by two persons. */
export function RetentionPage() {
  const state = useQuery({ queryKey: [KEY], queryFn: () => answer(api.GET('/retention')), refetchInterval: 30_000 })
  return (
    <>
      <h1>个人信息保存期限</h1>
      <Loaded query={state}>{data => <Periods state={data} />}</Loaded>
    </>
  )
}

function Periods({ state: { note, isAutomatic, kinds, runs } }: { state: State }) {
  const isSupervisor = useIsSupervisor()
  const propose = useDeed(KEY, '已提出，请另一人确认', () => answer(api.POST('/retention/runs', EMPTY)))
  const isOpen = runs.some(run => run.state === 'proposed' || run.state === 'confirmed')
  const due = kinds.reduce((sum, kind) => sum + kind.due, 0)
  return (
    <>
      <p>{isAutomatic ? '超过期限的信息按配置每日清除。' : '超过期限的信息由一人提出、另一人确认后清除。'}审计链、统计数字、办件编号和回执号不受影响。</p>
      {note && <p className="quiet">{note}</p>}
      <Table
        caption="现在超过期限的（只列出，不清除）" head={['信息', '保存期限', '超过期限', '最早的起算']} empty="没有设定期限。"
        rows={kinds.map(({ kind, title, days, due: count, oldestAt }) => ({
          key: kind, cells: [title, days === null ? '不清除' : `${days} 天`, `${count} 件`, oldestAt === null ? '—' : moment(oldestAt)]
        }))}
      />
      {isSupervisor && !isAutomatic && (
        <p><Button type="primary" disabled={isOpen || due === 0} loading={propose.isPending} onClick={() => propose.mutate(undefined)}>提出清除</Button></p>
      )}
      <Table
        caption="历次清除" head={['提出', '内容', '状态', '确认', '操作']} empty="还没有清除过。"
        rows={runs.map(run => ({
          key: run.id,
          cells: [
            `${run.proposedBy} ${moment(run.proposedAt)}`, <Kinds key="kinds" run={run} />, run.stateText,
            run.decidedAt === null ? '—' : `${run.decidedBy ?? ''} ${moment(run.decidedAt)}`,
            run.state === 'proposed' && isSupervisor ? <Decide key="decide" run={run} /> : '—'
          ]
        }))}
      />
    </>
  )
}

function Kinds({ run: { kinds, state } }: { run: Schemas['ErasureRun'] }) {
  const isBegun = state === 'confirmed' || state === 'done'
  return <>{kinds.map(({ title, due, erased }) => `${title} ${due} 件${isBegun ? `（已清除 ${erased}）` : ''}`).join('，')}</>
}

/** What stands outside of the main part of a page is out of a screen reader's way. */
const main = (trigger: HTMLElement): HTMLElement => trigger.closest<HTMLElement>('[role=main]') ?? document.body

/** Who proposed a run cannot confirm it. */
function Decide({ run: { id, proposedBy } }: { run: Schemas['ErasureRun'] }) {
  const own = useMe().data?.account === proposedBy
  const path = { params: { path: { run: id } }, ...EMPTY }
  const confirm = useDeed(KEY, '已确认，正在清除', () => answer(api.POST('/retention/runs/{run}/confirm', path)))
  const reject = useDeed(KEY, '已退回，没有清除', () => answer(api.POST('/retention/runs/{run}/reject', path)))
  return (
    <Space>
      {own ? '等待另一人确认' : (
        <Popconfirm
          title="清除后不能恢复，确认清除？" okText="确认清除" cancelText="取消" getPopupContainer={main} onConfirm={() => confirm.mutate(undefined)}
        >
          <Button size="small" type="primary" danger loading={confirm.isPending}>确认</Button>
        </Popconfirm>
      )}
      <Button size="small" loading={reject.isPending} onClick={() => reject.mutate(undefined)}>退回</Button>
    </Space>
  )
}
