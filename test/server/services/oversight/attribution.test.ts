import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { createLiveCalendar } from '../../../../core/working-days.ts'
import { attribute, workingDays } from '../../../../server/services/oversight/attribution.ts'
import { serviceOf } from '../../../../server/services/oversight/forecast.ts'

const calendar = createLiveCalendar(calendarYears)
const at = (text: string) => Date.parse(`${text}:00+08:00`)

describe('who held an item', () => {
  const item = { accepted_at: 0, decided_at: 100 }

  it('is the system while nobody has a task', () => {
    expect(attribute(item, [], 500)).to.deep.equal([{ holder: 'system', department: null, from: 0, to: 100 }])
  })

  it('is the desk with the open task, and the applicant while a correction is open', () => {
    const holdings = [
      { holder: 'desk' as const, department: 'hrss', from: 10, to: 30 }, { holder: 'applicant' as const, department: null, from: 30, to: 70 },
      { holder: 'desk' as const, department: 'hrss', from: 60, to: null }
    ]
    expect(attribute(item, holdings, 500).map(({ holder, from, to }) => [holder, from, to])).to.deep.equal([
      ['system', 0, 10], ['desk', 10, 30], ['applicant', 30, 70], ['desk', 70, 100]
    ])
  })

  it('leaves no gap and counts nothing twice, whatever overlaps', () => {
    const holdings = Array.from({ length: 20 }, (_, index) => ({
      holder: index % 3 ? 'desk' as const : 'applicant' as const, department: index % 3 ? `d${index % 4}` : null, from: (index * 37) % 90, to: (index * 37) % 90 + 25
    }))
    const stretches = attribute({ accepted_at: 5, decided_at: null }, holdings, 95)
    expect(stretches[0]!.from).to.equal(5)
    expect(stretches.at(-1)!.to).to.equal(95)
    for (const [index, { from }] of stretches.slice(1).entries()) expect(from).to.equal(stretches[index]!.to)
  })
})

describe('working time', () => {
  it('counts the parts of working days alone', () => {
    // Friday noon to Monday noon: half of Friday and half of Monday.
    expect(workingDays(calendar, at('2026-03-27T12:00'), at('2026-03-30T12:00'))).to.equal(1)
    // 清明节 2026: 4, 5 and 6 April are free.
    expect(workingDays(calendar, at('2026-04-03T00:00'), at('2026-04-07T00:00'))).to.equal(1)
    expect(workingDays(calendar, at('2026-03-28T00:00'), at('2026-03-30T00:00'))).to.equal(0)
  })

  it('judges a queue by what it finished, and tells its own error', () => {
    const task = (from: string, to: string) => ({ created_at: at(from), ended_at: at(to) })
    const service = serviceOf({ calendar }, [
      task('2026-03-23T00:00', '2026-03-24T00:00'), task('2026-03-23T00:00', '2026-03-26T00:00')
    ], 10)
    expect(service).to.deep.equal({ perDay: 0.2, mean: 2, error: 1, tasks: 2 })
  })
})
