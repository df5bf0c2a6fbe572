import { Link } from 'react-router'
import { moment } from '../../staff/labels.ts'
import { Loaded } from '../../staff/Loaded.tsx'
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
      <Totals totals={summary.totals} />
      <SliceTable caption="按部门" name="department" slices={summary.byDepartment} />
      <SliceTable caption="按事项" name="slug" slices={summary.byMatter} />
      <SliceTable caption="按区划" name="division" slices={summary.byDivision} />
      <SliceTable caption="按渠道" name="channel" slices={summary.byChannel} />
      <Decided decided={summary.decided} />
    </div>
  )
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
