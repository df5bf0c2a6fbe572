import { Link } from 'react-router'
import { Columns } from '../charts/Columns.tsx'
import { Table } from '../../staff/Table.tsx'
import { percent } from '../labels.ts'
import type { Trend } from './use-trends.ts'

const HEAD = ['时段', '受理', '办结', '按时办结率', '即办率', '一次办结率', '期末在办']

/** Accepted, decided and left from period to period, drawn and as a table, and the item that has been open for longest. */
export function TrendChart({ trend: { grain, periods, oldest } }: { trend: Trend }) {
  const labels = periods.map(({ from }) => (grain === 'month' ? from.slice(0, 7) : from.slice(5)))
  const values = (name: 'accepted' | 'decided' | 'backlog') => periods.map(period => period[name])
  const newest = [...periods].reverse()
  return (
    <>
      <section className="table-frame" aria-labelledby="trend">
        <h2 id="trend">受理、办结与积压</h2>
        <Columns
          title="各时段的受理量、办结量（柱）和期末在办（线），数字见下表" labels={labels}
          columns={[{ name: '受理', className: 'length', values: values('accepted') }, { name: '办结', className: 'green', values: values('decided') }]}
          line={{ name: '期末在办', className: 'red', values: values('backlog') }}
        />
        <p>
          {oldest === null ? '没有在办事项。' : (
            <>在办最久：<Link to={`/cases/${oldest.applicationId}?item=${oldest.itemId}`}>{oldest.number}</Link>
              “{oldest.title}”，{oldest.acceptedOn} 受理，已 {oldest.workingDays} 个工作日。</>
          )}
        </p>
      </section>
      <details className="figures-below">
        <summary>各时段的数字</summary>
        <Table
          caption="各时段，后面的在前" head={HEAD} empty="没有数据。"
          rows={newest.map(one => ({
            key: one.from,
            cells: [
              one.from === one.to ? one.from : `${one.from} 至 ${one.to}`, one.accepted, one.decided, rate(one.onTime, one.decided),
              rate(one.immediate, one.decided), rate(one.atOnce, one.decided), one.backlog
            ]
          }))}
        />
      </details>
    </>
  )
}

const rate = (part: number, whole: number): string => (whole === 0 ? '—' : percent(part / whole))
