import { WhyThisDay } from '../../shared/WhyThisDay.tsx'
import { moment } from '../../staff/labels.ts'
import { Length } from '../frame/Length.tsx'
import { Table } from '../../staff/Table.tsx'
import { workingTime } from '../labels.ts'
import type { Attribution } from './use-case.ts'

const PROVISIONAL = '（暂定，待国家公布放假安排）'

type Deadline = Attribution['byItem'][number]['deadline']

/** Who had to act on each item, from acceptance to decision or now, in working time. */
export function Holders({ attribution: { windowDays, totals, byItem } }: { attribution: Attribution }) {
  const longest = Math.max(...totals.map(({ workingDays }) => workingDays), 0)
  return (
    <>
      <Table
        caption={windowDays === null ? '谁办理了多久' : `近 ${windowDays} 日办结的事项由谁办理了多久`}
        head={['办理方', '工作时间合计', '事项数', '比较']} empty="还没有计时。"
        rows={totals.map(({ holder, department, title, workingDays, items }) => ({
          key: `${holder}/${department}`,
          cells: [title, workingTime(workingDays), items, <Length key="length" share={longest === 0 ? 0 : workingDays / longest} />]
        }))}
      />
      {byItem.map(({ itemId, title, deadline, stretches }) => (
        <div key={itemId}>
          <Table
            caption={title} head={['办理方', '从', '到', '工作时间']} empty="还没有计时。"
            rows={stretches.map(one => ({
              key: one.from, cells: [one.title, moment(one.from), moment(one.to), workingTime(one.workingDays)]
            }))}
          />
          <Due deadline={deadline} />
        </div>
      ))}
    </>
  )
}

/** The days that an item has to be done by, and how they were counted. */
function Due({ deadline }: { deadline: Deadline }) {
  const { promisedDueDate, statutoryDueDate, isProvisional, isStatutoryProvisional, days } = deadline
  if (promisedDueDate === null) return null
  return (
    <div className="due">
      <p>
        承诺 {promisedDueDate} 前办结{isProvisional && PROVISIONAL}
        {statutoryDueDate !== null && `；法定最迟 ${statutoryDueDate}${isStatutoryProvisional ? PROVISIONAL : ''}`}
      </p>
      <WhyThisDay days={days} />
    </div>
  )
}
