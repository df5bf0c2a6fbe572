import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { useNames } from '../board/use-summary.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { expectedWords, workingTime } from '../labels.ts'

type Forecast = paths['/sla/forecast']['get']['responses']['200']['content']['application/json']

/** Which tasks will be late if the queues go on as they did, and how far off that may be. */
export function ForecastPage() {
  const forecast = useQuery({ queryKey: ['forecast'], queryFn: () => answer(api.GET('/sla/forecast')) })
  return (
    <>
      <h1>超期预计</h1>
      <Loaded query={forecast}>{data => <Prospects forecast={data} />}</Loaded>
    </>
  )
}

function Prospects({ forecast: { windowDays, counts, items, queues } }: { forecast: Forecast }) {
  const names = useNames()
  return (
    <>
      <p>
        排队的任务 {counts.queued} 件，按近 {windowDays} 日的办理速度预计有 {counts.late} 件会超过承诺时限，{counts.unknown} 件因所在队列近期没有办结而无法预计。
      </p>
      <Table
        caption="预计超期的办件" head={['办件编号', '事项', '部门', '区划', '前面排队', '预计办结', '承诺办结']} empty="没有预计会超期的办件。"
        rows={items.map(one => ({
          key: one.itemId,
          cells: [
            <Link key="case" className="nowrap" to={`/cases/${one.applicationId}?item=${one.itemId}`}>{one.number}</Link>, one.title,
            names('departments', one.department), names('divisions', one.division), `${one.before} 件`,
            expectedWords(one.expectedOn, windowDays), one.promisedDueDate
          ]
        }))}
      />
      <Table
        caption={`近 ${windowDays} 日各队列的办理速度`} head={['部门', '区划', '事项', '办结任务', '每个工作日办结', '平均用时', '平均误差']}
        empty={`近 ${windowDays} 日没有办结的任务，无法预计。`}
        rows={queues.map(one => ({
          key: `${one.department}/${one.division}/${one.slug}`,
          cells: [
            names('departments', one.department), names('divisions', one.division), names('matters', one.slug), one.finishedTasks,
            one.perWorkingDay.toFixed(1), workingTime(one.meanWorkingDays), `± ${workingTime(one.errorWorkingDays)}`
          ]
        }))}
      />
    </>
  )
}
