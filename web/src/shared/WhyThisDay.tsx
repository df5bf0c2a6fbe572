import type { Schemas } from './api.ts'

/** How a promised day was counted, day by day; folded in, and nothing where there is none. */
export function WhyThisDay({ days = [] }: Pick<Schemas['Deadline'], 'days'>) {
  if (days.length === 0) return null
  return (
    <details>
      <summary>为什么是这一天</summary>
      <ol className="days">
        {days.map(({ date, counted, note }) => <li key={date}>{date} {counted ? `计入：${note}` : `不计：${note}`}</li>)}
      </ol>
    </details>
  )
}
