import type { Schemas } from '../../shared/api.ts'

const PROVISIONAL = '（暂定，待国家公布放假安排）'

/** The promised day, and why it is this one: the count day by day. */
export function PromisedDay({ deadline, isOver }: { deadline: Schemas['Deadline']; isOver: boolean }) {
  const { kind, promisedDueDate, statutoryDueDate, isProvisional, isStatutoryProvisional, countedDays, days = [] } = deadline
  const isSameDay = kind === 'immediate' && countedDays.length <= 1
  if (!promisedDueDate) return isOver ? null : <p>受理后告诉您哪一天办好。</p>
  return (
    <>
      <p>
        承诺 <strong>{promisedDueDate}</strong> {isSameDay ? '当日' : '前'}办结{isProvisional && PROVISIONAL}
        {kind === 'immediate' && '（即时办结）'}
        {kind !== 'immediate' && countedDays.length > 0 && `，共 ${countedDays.length} 个工作日`}
        {statutoryDueDate && `；法定最迟 ${statutoryDueDate}`}{statutoryDueDate && isStatutoryProvisional && PROVISIONAL}
      </p>
      {days.length > 0 && (
        <details>
          <summary>为什么是这一天</summary>
          <ol className="days">
            {days.map(({ date, counted, note }) => <li key={date}>{date} {counted ? `计入：${note}` : `不计：${note}`}</li>)}
          </ol>
        </details>
      )}
    </>
  )
}
