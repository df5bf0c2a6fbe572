import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { createLiveCalendar } from '../../../../core/working-days.ts'
import { clockWords } from '../../../../server/services/oversight/action-draft.ts'
import { effectOf } from '../../../../server/services/oversight/timers.ts'

const calendar = createLiveCalendar(calendarYears)
const region = { thresholds: { redWorkingDaysPastPromise: 2 } } as Parameters<typeof effectOf>[0]

describe('the words of a red card', () => {
  const timer = (statutory: string | null) => effectOf(region, 'BoundaryEvent_SlaRed', { statutory_due: statutory })

  it('speak of a statutory limit only where the law sets one', () => {
    expect(timer('2026-04-20')).to.deep.equal({ kind: 'red', text: '红牌：超过法定时限' })
    expect(timer(null)).to.deep.equal({ kind: 'red', text: '红牌：超过承诺时限 2 个工作日（没有法定时限）' })
  })

  it('leave the other timers what they are', () => {
    expect(effectOf(region, 'BoundaryEvent_SlaPromised', { statutory_due: null })).to.include({ kind: 'yellow', text: '黄牌：超过承诺时限' })
    expect(effectOf(region, 'Timer_1', null)).to.include({ kind: 'other', text: '流程中的定时事件 Timer_1' })
  })

  it('say the same in the draft of a 督办', () => {
    const words = (statutory: string | null, today = '2026-03-27') => clockWords({ calendar }, today, {
      promised_due: '2026-03-24', statutory_due: statutory, red_due: '2026-03-25', decided_at: null
    })
    expect(words('2026-03-25')).to.equal('承诺 2026-03-24 前办结，已超 3 个工作日，并已超过法定时限')
    expect(words(null)).to.equal('承诺 2026-03-24 前办结，已超 3 个工作日，已亮红牌')
    expect(words(null, '2026-03-25')).to.equal('承诺 2026-03-24 前办结，已超 1 个工作日')
  })
})
