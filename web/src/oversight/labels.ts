import type { Schemas } from '../shared/api.ts'
import { LIGHTS } from '../staff/labels.ts'

export type Colour = Schemas['SlaColour']

/** The colours in the order of urgency, each with the field of the board that counts it. */
export const COLOURS: Readonly<Record<Colour, string>> = {
  red: LIGHTS.red, yellow: LIGHTS.yellow, warn: LIGHTS.warn, green: LIGHTS.green, stopped: '中止计时'
}

export const MEANINGS: Readonly<Record<Colour, string>> = {
  red: '超过法定时限；没有法定时限的，超过承诺后的规定天数', yellow: '超过承诺时限', warn: '即将到期', green: '时限之内', stopped: '等待补正、前置事项或特别程序'
}

export const COUNTED: Readonly<Record<Colour, Exclude<keyof Schemas['ColourCounts'], 'open'>>> = {
  red: 'red', yellow: 'overdue', warn: 'atRisk', green: 'onTrack', stopped: 'stopped'
}

export const ALL_COLOURS = Object.keys(COLOURS) as Colour[]

/** Working days left until the promised day, in words. */
export function remainingWords({ colour, remainingWorkingDays: days }: Pick<Schemas['SlaItem'], 'colour' | 'remainingWorkingDays'>): string {
  if (days === null) return colour === 'stopped' ? '不计时' : '未定时限'
  if (days < 0) return `已超 ${-days} 个工作日`
  return days === 0 ? '今日到期' : `还剩 ${days} 个工作日`
}

/** The day a late task is expected to be done; a queue that finished nothing foretells none, and the promise is past. */
export function expectedWords(expectedOn: string | null, windowDays: number): string {
  return expectedOn ?? `无法预计：所在队列近 ${windowDays} 日没有办结；承诺日已过，已经超期`
}

/** A share as per cent; null = nothing was counted. */
export function percent(rate: number | null): string {
  return rate === null ? '暂无' : `${(rate * 100).toFixed(1)}%`
}

/** A time in working days as people say it: minutes below an hour, hours below a day. */
export function workingTime(days: number): string {
  const minutes = Math.round(days * 1440)
  if (minutes < 1) return '不到 1 分钟'
  if (minutes < 60) return `${minutes} 分钟`
  return days < 1 ? `${(days * 24).toFixed(1)} 小时` : `${days.toFixed(1)} 个工作日`
}

export const RATINGS = ['', '非常满意', '满意', '基本满意', '不满意', '非常不满意'] as const

/** The cross that takes a choice back has a name for who does not see it. */
export const CLEAR = { label: '清除' } as const
export const CLEAR_TEXT = { clearIcon: '清除' } as const
