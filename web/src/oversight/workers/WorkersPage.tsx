import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { useNames } from '../board/use-summary.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { percent } from '../labels.ts'
import { Paused } from './Paused.tsx'
import { Step } from './Step.tsx'

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

function Fleet({ state }: { state: State }) {
  const { isAlive, version, asOf, clients, topics, pausable, circuits, outbox, reconciliation } = state
  const names = useNames()
  const nameOf = (slug: string): string => OTHERS[slug] ?? names('departments', slug)
  const late = clients.filter(({ isLate }) => isLate)
  return (
    <>
      {!isAlive ? <Alert type="error" showIcon title="办件程序没有应答，自动步骤暂停；恢复后会自动继续，不会重复办理。" />
        : late.length > 0 ? <Alert type="warning" showIcon title={`${late.map(({ client }) => nameOf(client)).join('、')}久未取件。`} />
          : <Alert type="success" showIcon title="办件程序全部正常。" />}
      {version !== null && <p className="quiet">版本 {version}</p>}
      <Table
        caption="各部分" head={['负责', '状态', '最近取件', '正在办理', '取件出错']} empty="没有读到。"
        rows={clients.map(one => ({
          key: one.client,
          cells: [nameOf(one.client), one.isLate ? '久未取件' : '正常', `${since(one.lastPollAt, asOf)}前`, `${one.inFlight} 件`, `${one.pollErrors} 次`]
        }))}
      />
      <Table
        caption="与部门系统的连接" head={['部门', '状态']} empty="还没有往来。"
        rows={circuits.map(one => ({ key: one.department, cells: [nameOf(one.department), CIRCUITS[one.state]] }))}
      />
      <Outbox outbox={outbox} asOf={asOf} />
      <Reconciled last={reconciliation} asOf={asOf} />
      <Paused topics={pausable} />
      <Table
        caption="各步骤（办理数自程序启动起算）" empty="还没有办理过。"
        head={['步骤', '等待中', '最早一件已等', '完成', '业务结果', '未成功待重试', '停住', '其他', '出错率']}
        rows={topics.map(({ topic, name, waiting, oldestAt, outcomes }) => ({
          key: topic,
          cells: [<Step key="topic" topic={topic} name={name} />, waiting === null ? '未知' : `${waiting} 件`, since(oldestAt, asOf), ...countsOf(outcomes)]
        }))}
      />
    </>
  )
}

const LANES = { engine: '流程引擎', message: '短信', platform: '政务平台' } as const

/** What is still to be told, each lane by itself: one that stands still holds up no other. */
function Outbox({ outbox: { stuck, lanes }, asOf }: Pick<State, 'outbox' | 'asOf'>) {
  return (
    <>
      {stuck > 0 && <Alert type="warning" showIcon className="below" title={`${stuck} 条多次未发送成功，仍会继续发送；请核实对方系统。`} />}
      <Table
        caption="待发送" head={['发往', '待发送', '最早一条已等']} empty="没有读到。"
        rows={lanes.map(({ lane, pending, oldestAt }) => ({ key: lane, cells: [LANES[lane], `${pending} 条`, since(oldestAt, asOf)] }))}
      />
    </>
  )
}

const DIFFERENCES: Readonly<Record<string, string>> = {
  missing: '引擎有而清单没有的任务（已补上）', stale: '清单有而引擎已没有的任务（已结束）', unstarted: '已提交而没有启动的办件（已启动）',
  orphaned: '没有流程的在办办件（须由运维处理）', doubled: '重复启动的流程（已结束多余的）', stuck: '多次未发送成功的指令'
}

/** The last comparison of our tables with the engine. */
function Reconciled({ last, asOf }: { last: State['reconciliation']; asOf: string }) {
  if (last === null) return <p>还没有与流程引擎核对过；启动后每五分钟核对一次。</p>
  return (
    <>
      <p>最近一次与流程引擎核对：{since(last.at, asOf)}前，{last.total === 0 ? '完全一致。' : `差异 ${last.total} 处。`}</p>
      {last.total > 0 && (
        <Table
          caption="核对差异" head={['差异', '件数']} empty="完全一致。"
          rows={Object.entries(last.differences).filter(([, count]) => count > 0)
            .map(([kind, count]) => ({ key: kind, cells: [DIFFERENCES[kind] ?? kind, `${count} 件`] }))}
        />
      )}
    </>
  )
}

/** How long something has waited, both instants by the server's clock. */
function since(instant: string | null, asOf: string): string {
  return instant === null ? '—' : spell(Math.max(0, Date.parse(asOf) - Date.parse(instant)))
}

function spell(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} 秒`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} 小时` : `${Math.floor(seconds / 86_400)} 天`
}

function countsOf(outcomes: Readonly<Record<string, number>>): (number | string)[] {
  const named = ['complete', 'process-error', 'failure', 'incident']
  const rest = Object.entries(outcomes).filter(([outcome]) => !named.includes(outcome)).reduce((sum, [, count]) => sum + count, 0)
  const counts = [...named.map(outcome => outcomes[outcome] ?? 0), rest]
  const all = counts.reduce((sum, count) => sum + count, 0)
  const failed = (outcomes.failure ?? 0) + (outcomes.incident ?? 0)
  return [...counts, percent(all === 0 ? null : failed / all)]
}
