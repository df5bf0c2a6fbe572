import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { createCalendar } from '../../../../core/working-days.ts'
import { heatOf } from '../../../../server/services/oversight/heat.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const place = { calendar: createCalendar(calendarYears), clock: { now: () => at('2026-03-24T12:00') } }

describe('the heat of an element of a diagram', () => {
  const passed = (from: string, to: string | null, promised: string | null) => ({
    passage: { activityId: 'Task_Review', name: '审核', instanceId: 'i', startedAt: at(from), endedAt: to === null ? null : at(to) },
    subject: { item: promised === null ? null : { promised_due: promised } }
  }) as never

  it('is how often, how many now, how long in working time, and what share past its promise', () => {
    expect(heatOf(place as never, 'Task_Review', [
      // Two working days, kept on the very day that was promised.
      passed('2026-03-16T00:00', '2026-03-18T00:00', '2026-03-18'),
      // From Friday noon over the weekend until now: half a day, Monday, half of Tuesday.
      passed('2026-03-20T12:00', null, '2026-03-23'),
      // A case as a whole has no promise of its own.
      passed('2026-03-23T00:00', '2026-03-24T00:00', null)
    ])).to.deep.equal({
      activityId: 'Task_Review', name: '审核', count: 3, standing: 1, meanWorkingDays: 1.667, overdueRate: 0.5
    })
  })
})
