import { CalendarYears } from './CalendarYears.tsx'
import { Outages } from './Outages.tsx'

/** What the legal clock counts by: the working days of each year, and days that do not count because a system was down. */
export function DaysPage() {
  return (
    <>
      <h1>工作日与系统故障</h1>
      <CalendarYears />
      <Outages />
    </>
  )
}
