import type { Schemas } from '../shared/api.ts'

export { CHANNELS, ITEM_STATES, LIGHTS, moment } from '../staff/labels.ts'

export type Queue = Schemas['TaskQueue']

/** The queues in the order of the menu: who stands at a counter comes first. */
export const QUEUES: readonly { readonly queue: Queue; readonly label: string; readonly empty: string }[] = [
  { queue: 'counter', label: '现场等候', empty: '现在没有人在窗口等候。' },
  { queue: 'mine', label: '我的', empty: '您手上没有任务。按 n 领下一件。' },
  { queue: 'group', label: '本组待领', empty: '本组没有待领的任务。' },
  { queue: 'all', label: '全部', empty: '没有在办的任务。' },
  { queue: 'soon', label: '即将超期', empty: '没有即将超期的任务。' },
  { queue: 'overdue', label: '已超期', empty: '没有超期的任务。' },
  { queue: 'correcting', label: '补正中', empty: '没有等待补正的事项。' },
  { queue: 'pickup', label: '窗口出件', empty: '没有待领取的结果。' },
  { queue: 'asked', label: '征询我的', empty: '没有人征询您的意见。' }
]

export const CASE_STATES: Readonly<Record<string, string>> = {
  draft: '草稿', submitted: '已提交', 'not-accepted': '不予受理', processing: '办理中', completed: '已办结', withdrawn: '已撤回'
}
