/**
 * The time left to a due date in words, so that nobody needs to see a colour.
 * @param days working days left, today not counted: 0 on the day itself, negative when past; null without a due date
 */
export function remainingWords(days: number | null): string {
  if (days === null) return '无时限'
  if (days === 0) return '今日到期'
  return days > 0 ? `剩${days}个工作日` : `超期${-days}日`
}
