/**
 * The legal clock once more, by another way: the State Council's notices are read as they were printed, days are numbers since
 * 1970, and a due date is looked for among all days instead of being walked to. It shares no line with core/.
 */
const NOTICES: Readonly<Record<number, string>> = {
  2025: `元旦：1月1日（周三）放假1天，不调休。
春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
清明节：4月4日（周五）至6日（周日）放假，共3天。
劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
端午节：5月31日（周六）至6月2日（周一）放假，共3天。
国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`,
  2026: `元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
清明节：4月4日（周六）至6日（周一）放假，共3天。
劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
端午节：6月19日（周五）至21日（周日）放假，共3天。
中秋节：9月25日（周五）至27日（周日）放假，共3天。
国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`
}
/** Of 2027 only the law is known; what the tests publish is invented (test/server/support/calendar-2027.ts). */
const STATUTORY_2027 = '元旦：1月1日放假。春节：2月5日至8日放假。'
const PUBLISHED_2027 = '元旦：1月1日至3日放假。春节：2月5日至12日放假。2月20日上班。'

export interface OracleStop { readonly from: string; readonly to: string | null }

export interface OracleCase {
  /** Local date and time, YYYY-MM-DD HH:MM:SS. */
  readonly at: string
  readonly isImmediate: boolean
  readonly days: number
  readonly statutory: number | null
  readonly closing: string | null
  readonly stops: readonly OracleStop[]
  readonly is2027Published: boolean
}

export interface OracleDates {
  readonly promised: string | null
  readonly statutory: string | null
  readonly red: string | null
}

export function oracleDates({ at, isImmediate, days, statutory, closing, stops, is2027Published }: OracleCase): OracleDates {
  const works = workdays(is2027Published)
  const first = dayNumber(at.slice(0, 10))
  const isStopped = (day: number): boolean => stops.some(({ from, to }) => day >= dayNumber(from) && (to === null || day <= dayNumber(to)))
  const usable = Array.from({ length: 400 }, (_, index) => first + 1 + index).filter(day => works(day) && !isStopped(day))
  // Behind a stop that is still open there is no usable day: nobody knows the date.
  const nth = (count: number): string | null => {
    const day = count === 0 ? first : usable[count - 1]
    return day === undefined ? null : dateOf(day)
  }
  const isToday = isImmediate && works(first) && !isStopped(first) && (closing === null || at.slice(11, 16) < closing)
  const needed = isImmediate ? Number(!isToday) : days
  const lawful = statutory === null ? null : nth(statutory)
  return { promised: nth(needed), statutory: lawful, red: statutory === null ? nth(needed + 1) : lawful }
}

/** Working days of a number of days after a date, by counting them out of a set. */
export function oracleCount(from: string, to: string): number {
  const works = workdays(false)
  let count = 0
  for (let day = dayNumber(to); day > dayNumber(from); day--) count += Number(works(day))
  return count
}

function workdays(is2027Published: boolean): (day: number) => boolean {
  const free = new Set<number>()
  const made = new Set<number>()
  for (const [year, text] of [...Object.entries(NOTICES), ['2027', is2027Published ? PUBLISHED_2027 : STATUTORY_2027] as const]) {
    for (const sentence of text.replace(/（[^）]*）/g, '').split(/[。\n]/)) {
      if (sentence.endsWith('上班')) {
        for (const [, month, day] of sentence.matchAll(/(\d+)月(\d+)日/g)) made.add(numberOf(year, month!, day!))
        continue
      }
      const [, month, day, lastMonth, lastDay] = /：(\d+)月(\d+)日(?:至(?:(\d+)月)?(\d+)日)?放假/.exec(sentence) ?? []
      if (month === undefined) continue
      const last = numberOf(year, lastMonth ?? month, lastDay ?? day!)
      for (let one = numberOf(year, month, day!); one <= last; one++) free.add(one)
    }
  }
  // 1 January 1970 was a Thursday.
  return day => made.has(day) || (!free.has(day) && ((day + 3) % 7) < 5)
}

const DAY = 86_400_000
const dayNumber = (date: string): number => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY
const numberOf = (year: string, month: string, day: string): number => Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
