import { expect } from 'chai'
import { countPeriods, periodsUntil } from '../../../../server/services/oversight/trend.ts'

const decided = (day: string, count: number) => ({ day, count, onTime: count, immediate: 0, atOnce: 1 })

describe('the trend', () => {
  it('has whole weeks from Monday, whole months, and ends with the current period', () => {
    expect(periodsUntil('2026-03-24', 'week').slice(-2)).to.deep.equal([
      { from: '2026-03-16', to: '2026-03-22' }, { from: '2026-03-23', to: '2026-03-29' }
    ])
    // A Sunday belongs to the week before.
    expect(periodsUntil('2026-03-29', 'week').at(-1)).to.deep.equal({ from: '2026-03-23', to: '2026-03-29' })
    expect(periodsUntil('2026-03-24', 'month').slice(-2)).to.deep.equal([
      { from: '2026-02-01', to: '2026-02-28' }, { from: '2026-03-01', to: '2026-03-31' }
    ])
    expect(periodsUntil('2026-01-01', 'day').slice(-2).map(({ from }) => from)).to.deep.equal(['2025-12-31', '2026-01-01'])
  })

  it('leaves no day out and counts none twice', () => {
    for (const grain of ['day', 'week', 'month'] as const) {
      const periods = periodsUntil('2026-03-24', grain)
      for (const [index, { from }] of periods.slice(1).entries()) {
        expect(Date.parse(from) - Date.parse(periods[index]!.to)).to.equal(86_400_000)
      }
    }
  })

  it('carries what is left from period to period', () => {
    const periods = [{ from: '2026-03-16', to: '2026-03-22' }, { from: '2026-03-23', to: '2026-03-29' }]
    const counts = countPeriods(periods, {
      before: 3, accepted: [{ day: '2026-03-16', count: 5 }, { day: '2026-03-24', count: 1 }],
      decided: [decided('2026-03-22', 2), decided('2026-03-23', 4)]
    })
    expect(counts.map(({ accepted, decided: ended, onTime, atOnce, backlog }) => [accepted, ended, onTime, atOnce, backlog])).to.deep.equal([
      [5, 2, 2, 1, 6], [1, 4, 4, 1, 3]
    ])
  })
})
