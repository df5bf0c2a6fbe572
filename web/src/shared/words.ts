import type { Schemas } from './api.ts'

/** What people read for the states of a case and of its items. */
export const caseStatus: Readonly<Record<Schemas['ApplicationStatus'], string>> = {
  draft: '草稿', submitted: '已提交，待受理', 'not-accepted': '不予受理', processing: '办理中', completed: '已办结', withdrawn: '已撤回'
}

export const itemStatus: Readonly<Record<Schemas['ItemStatus'], string>> = {
  draft: '未提交', submitted: '已提交', accepted: '已受理', waiting: '等待前一事项', reviewing: '审核中', correcting: '需要您补正',
  approved: '审核通过', rejected: '审核不通过', withdrawn: '已撤回', 'not-accepted': '不予受理', delivered: '已送达'
}

export const paymentStatus: Readonly<Record<'due' | 'paid' | 'failed', string>> = { due: '待缴费', paid: '已缴费', failed: '缴费未成功' }

export const parcelStatus: Readonly<Record<Schemas['Parcel']['status'], string>> = {
  posted: '已交寄', collected: '已揽收', 'in-transit': '运送中', delivered: '已签收', returned: '已退回，请联系办理窗口'
}

/** Tone of a state, beside its words: nothing is said by colour alone. */
export function toneOf(status: Schemas['ItemStatus']): 'done' | 'todo' | 'no' | 'going' {
  if (status === 'delivered' || status === 'approved') return 'done'
  if (status === 'correcting') return 'todo'
  return ['rejected', 'withdrawn', 'not-accepted'].includes(status) ? 'no' : 'going'
}

/** An instant as people read it. */
export function moment(instant: string): string {
  return new Date(instant).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit'
  })
}
