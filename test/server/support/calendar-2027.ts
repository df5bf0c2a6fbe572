import { calendarYears } from '../../../core/calendar/index.ts'
import { addDays } from '../../../core/dates.ts'
import type { CalendarDay } from '../../../core/working-days.ts'

const statutory = calendarYears.find(({ year }) => year === 2027)!

/** `count` days off from a date on. */
const off = (name: string, from: string, count: number): CalendarDay[] =>
  Array.from({ length: count }, (_, index) => ({ date: addDays(from, index), isOffDay: true, name }))

/**
 * An arrangement of 2027 as the State Council might publish it: the real one is not known, so nothing but tests may use it. The
 * statutory days are those of the law, the rest is invented (a week of 春节 and of 国庆, made up for on weekends).
 */
export const published2027 = {
  year: 2027,
  papers: ['国务院办公厅关于2027年部分节假日安排的通知（测试）'],
  source: 'https://www.gov.cn/zhengce/content/2027.htm',
  days: [
    ...off('元旦', '2027-01-01', 3),
    ...off('春节', '2027-02-05', 8), { date: '2027-02-20', isOffDay: false, name: '春节' },
    ...statutory.days.filter(({ name }) => ['清明节', '劳动节', '端午节', '中秋节'].includes(name)),
    ...off('国庆节', '2027-10-01', 8), { date: '2027-09-26', isOffDay: false, name: '国庆节' }, { date: '2027-10-09', isOffDay: false, name: '国庆节' }
  ]
}
