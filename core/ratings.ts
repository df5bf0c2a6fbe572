/** The five national levels of 好差评 (GB/T 39046 A.8): 1 is the best. */
export const ratingLevels = Object.freeze([
  { level: 1, label: '非常满意' }, { level: 2, label: '满意' }, { level: 3, label: '基本满意' },
  { level: 4, label: '不满意' }, { level: 5, label: '非常不满意' }
] as const)

/** Reasons one may tick; a text of one's own is kept beside them. */
export const ratingReasons = Object.freeze([
  { code: 'GUIDE_INACCURATE', text: '办事指南不准确或看不懂' },
  { code: 'MATERIALS_REPEATED', text: '重复提交材料或要求指南以外的材料' },
  { code: 'NOT_TOLD_AT_ONCE', text: '没有一次告知' },
  { code: 'TOO_SLOW', text: '没有在承诺时限内办结' },
  { code: 'TOO_MANY_VISITS', text: '多次跑动' },
  { code: 'FORM_DIFFICULT', text: '页面难用或系统出错' },
  { code: 'ATTITUDE', text: '服务态度不好' },
  { code: 'RESULT_WRONG', text: '办理结果有误' },
  { code: 'OTHER', text: '其他' }
] as const)

const FIRST_BAD = 4

/** Whether a level is one that must be replied to: 不满意 or 非常不满意. */
export function isBadRating(level: number): boolean {
  return level >= FIRST_BAD
}

/** What a reason says: the text of a code, or the text itself. */
export function reasonText(reason: string): string {
  return ratingReasons.find(({ code }) => code === reason)?.text ?? reason
}
