import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { useNames } from '../board/use-summary.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { percent } from '../labels.ts'
import { Paused } from './Paused.tsx'

type State = paths['/workers']['get']['responses']['200']['content']['application/json']

/** Parties that are no department of a region. */
const OTHERS: Readonly<Record<string, string>> = { common: '公共步骤', 'data-sharing': '公共数据平台', post: '邮政', message: '短信', bank: '银行' }
const CIRCUITS = { closed: '畅通', 'half-open': '正在试探恢复', open: '已断开，暂停请求' } as const

/** The worker fleet: whether each part is alive, the ways to the departments, and what still waits for the engine. */
export function WorkersPage() {
  const state = useQuery({ queryKey: ['workers'], queryFn: () => answer(api.GET('/workers')), refetchInterval: 10_000 })
  return (
    <>
      <h1>办件程序</h1>
      <Loaded query={state}>{data => <Fleet state={data} />}</Loaded>
    </>
  )
}

function Fleet({ state: { isAlive, clients, topics, circuits, outbox } }: { state: State }) {
  const names = useNames()
  const nameOf = (slug: string): string => OTHERS[slug] ?? names('departments', slug)
  const late = clients.filter(({ isLate }) => isLate)
  return (
    <>
      {!isAlive ? <Alert type="error" showIcon title="办件程序没有应答，自动步骤暂停；恢复后会自动继续，不会重复办理。" />
        : late.length > 0 ? <Alert type="warning" showIcon title={`${late.map(({ client }) => nameOf(client)).join('、')}久未取件。`} />
          : <Alert type="success" showIcon title="办件程序全部正常。" />}
      <p>等待告知流程引擎的指令 {outbox.pending} 条{outbox.stuck > 0 && `，其中 ${outbox.stuck} 条多次未成功，须由运维处理`}。</p>
      <Table
        caption="各部分" head={['负责', '状态', '最近取件', '正在办理', '取件出错']} empty="没有读到。"
        rows={clients.map(one => ({
          key: one.client,
          cells: [nameOf(one.client), one.isLate ? '久未取件' : '正常', ago(one.lastPollAt), `${one.inFlight} 件`, `${one.pollErrors} 次`]
        }))}
      />
      <Table
        caption="与部门系统的连接" head={['部门', '状态']} empty="还没有往来。"
        rows={circuits.map(({ department, state }) => ({ key: department, cells: [nameOf(department), CIRCUITS[state]] }))}
      />
      <Paused topics={topics.map(({ topic }) => topic)} />
      <Table
        caption="各步骤（程序启动以来）" head={['步骤', '完成', '业务结果', '未成功待重试', '停住', '其他', '出错率']} empty="还没有办理过。"
        rows={topics.map(({ topic, outcomes }) => ({ key: topic, cells: [<code key="topic">{topic}</code>, ...countsOf(outcomes)] }))}
      />
    </>
  )
}

function countsOf(outcomes: Readonly<Record<string, number>>): (number | string)[] {
  const named = ['complete', 'process-error', 'failure', 'incident']
  const rest = Object.entries(outcomes).filter(([outcome]) => !named.includes(outcome)).reduce((sum, [, count]) => sum + count, 0)
  const counts = [...named.map(outcome => outcomes[outcome] ?? 0), rest]
  const all = counts.reduce((sum, count) => sum + count, 0)
  const failed = (outcomes.failure ?? 0) + (outcomes.incident ?? 0)
  return [...counts, percent(all === 0 ? null : failed / all)]
}

/** By this machine's clock, as the workers' figures are by theirs. */
function ago(instant: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 1000))
  return seconds < 60 ? `${seconds} 秒前` : `${Math.floor(seconds / 60)} 分钟前`
}
