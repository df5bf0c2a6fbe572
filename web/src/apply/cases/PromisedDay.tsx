import type { Schemas } from '../../shared/api.ts'
import { WhyThisDay } from '../../shared/WhyThisDay.tsx'

const PROVISIONAL = '（暂定，待国家公布放假安排）'

/** The promised day, and why it is this one: the count day by day. */
export function PromisedDay({ deadline, isOver }: { deadline: Schemas['Deadline']; isOver: boolean }) {
  const { kind, promisedDueDate, statutoryDueDate, isProvisional, isStatutoryProvisional, countedDays, days } = deadline
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
      <WhyThisDay days={days} />
    </>
  )
}
