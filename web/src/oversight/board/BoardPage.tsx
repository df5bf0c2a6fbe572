import { Alert } from 'antd'
import { Link } from 'react-router'
import { moment } from '../../staff/labels.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { useAlerts } from '../alerts/use-alerts.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { PrintButton } from '../frame/PrintButton.tsx'
import { ALL_COLOURS, COLOURS, COUNTED, MEANINGS } from '../labels.ts'
import { Decided } from './Decided.tsx'
import { SliceTable } from './SliceTable.tsx'
import type { Summary } from './use-summary.ts'
import { useSummary } from './use-summary.ts'

/** The time-limit board: what is open by colour and every cut, and what was decided. */
export function BoardPage() {
  return (
    <>
      <div className="page-head"><h1>时限看板</h1><PrintButton /></div>
      <Loaded query={useSummary()}>{summary => <Board summary={summary} />}</Loaded>
    </>
  )
}

function Board({ summary }: { summary: Summary }) {
  return (
    <div className="board">
      <p className="quiet">截至 {moment(summary.asOf)}，在办事项共 {summary.totals.open} 项。点数字看明细。</p>
      <Told />
      <Retrying systems={summary.retrying} />
      <Totals totals={summary.totals} />
      <SliceTable caption="按部门" name="department" slices={summary.byDepartment} />
      <SliceTable caption="按事项" name="slug" slices={summary.byMatter} />
      <SliceTable caption="按区划" name="division" slices={summary.byDivision} />
      <SliceTable caption="按渠道" name="channel" slices={summary.byChannel} />
      <Decided decided={summary.decided} />
    </div>
  )
}

/** What one was told and has not read yet. */
function Told() {
  const { data } = useAlerts(useIsSupervisor())
  if (!data?.unread) return null
  return <Alert type="info" showIcon title={`有 ${data.unread} 条未读的提醒。`} action={<Link to="/alerts">看提醒</Link>} />
}

/** Systems of departments that do not answer: what waits goes on by itself once they do. */
function Retrying({ systems }: { systems: Summary['retrying'] }) {
  return systems.map(({ department, title, items, since }) => (
    <Alert key={department} type="warning" showIcon action={<Link to="/incidents">看明细</Link>}
      title={`${title}的系统没有回应，${items} 项在办事项在等，最早的从 ${moment(since)} 起。`}
      description="系统会自动重试，恢复后自动办下去，同一件不会办两次；其他事项照常办理。" />
  ))
}

function Totals({ totals }: { totals: Summary['totals'] }) {
  return (
    <ul className="totals" aria-label="在办事项按时限状态">
      {ALL_COLOURS.map(colour => (
        <li key={colour} className={`total total-${colour}`}>
          <Link to={`/items?colour=${colour}`}>
            <span className="total-name">{COLOURS[colour]}</span>
            <span className="total-count">{totals[COUNTED[colour]]} 项</span>
            <span className="total-meaning">{MEANINGS[colour]}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
