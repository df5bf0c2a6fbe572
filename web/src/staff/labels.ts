/** Names of the codes of the interface that every face for staff shows; those of matters and departments come with the data. */
export const CHANNELS: Readonly<Record<string, string>> = { online: '线上', window: '窗口', platform: '平台' }

export const LIGHTS = { green: '正常', warn: '预警', yellow: '黄牌', red: '红牌' } as const

export const ITEM_STATES: Readonly<Record<string, string>> = {
  draft: '草稿', submitted: '已提交', accepted: '已受理', waiting: '等待前置事项', reviewing: '办理中', correcting: '补正中', approved: '审核通过',
  rejected: '审核不通过', withdrawn: '已撤回', 'not-accepted': '不予受理', delivered: '已送达'
}

/** `2026-03-24T10:00:00+08:00` as people read it. */
export function moment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}`
}
