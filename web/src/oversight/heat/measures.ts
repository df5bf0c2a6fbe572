import { percent, workingTime } from '../labels.ts'
import type { Activity } from './use-heat.ts'

export interface Measure {
  readonly title: string
  /** How hot an element is, of whatever unit; null = there is nothing to tell. */
  valueOf(activity: Activity): number | null
  textOf(activity: Activity): string
}

/** What the diagram can be coloured by. */
export const MEASURES = {
  count: { title: '经过次数', valueOf: ({ count }) => count, textOf: ({ count }) => `${count} 次` },
  time: {
    title: '平均用时', valueOf: ({ meanWorkingDays }) => meanWorkingDays,
    textOf: ({ meanWorkingDays }) => (meanWorkingDays === null ? '暂无' : workingTime(meanWorkingDays))
  },
  overdue: { title: '超期占比', valueOf: ({ overdueRate }) => overdueRate, textOf: ({ overdueRate }) => percent(overdueRate) },
  standing: { title: '停留中', valueOf: ({ standing }) => standing, textOf: ({ standing }) => `${standing} 件` }
} as const satisfies Record<string, Measure>

export type MeasureName = keyof typeof MEASURES
