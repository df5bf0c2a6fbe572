/** Money is an integer of fen everywhere; yuan with two decimals is for people only. */

/** `12`, `12.3`, `1,234.50` yuan to fen; undefined for anything else, also for more than two decimals. */
export function parseYuan(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim().replace(/^¥/, '').replace(/元$/, '').trim()
  if (!/^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?$/.test(plain)) return undefined
  const [whole = '', cents = ''] = plain.replaceAll(',', '').split('.')
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'))
}

/** Fen to `1,234.50`, as the tax form asks (列至角分). @throws RangeError for a fraction of a fen */
export function formatYuan(fen: number): string {
  const amount = Math.abs(checked(fen))
  const whole = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${String(amount % 100).padStart(2, '0')}`
}

/**
 * Fen in the capitals of cheques and receipts (正确填写票据和结算凭证的基本规定): `壹佰贰拾元零伍分`, `伍佰元整`.
 * @throws RangeError for a negative amount or a fraction of a fen
 */
export function capitalYuan(fen: number): string {
  if (checked(fen) < 0) throw new RangeError(`amount is negative: ${fen}`)
  const [yuan, jiao, cents] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10]
  const whole = yuan > 0 ? `${capitalNumber(yuan)}元` : ''
  if (jiao === 0 && cents === 0) return `${whole || '零元'}整`
  const tenths = jiao > 0 ? `${CAPITALS[jiao]}角` : whole && '零'
  return `${whole}${tenths}${cents > 0 ? `${CAPITALS[cents]}分` : '整'}`
}

const CAPITALS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万']

function capitalNumber(whole: number): string {
  const digits = [...String(whole)].map(Number)
  let text = ''
  let owesZero = false
  let isGroupEmpty = true
  for (const [index, digit] of digits.entries()) {
    const place = digits.length - 1 - index
    if (digit > 0) text += `${owesZero ? '零' : ''}${CAPITALS[digit]}${PLACES[place % 4]}`
    // One 零 stands for any number of empty places before a filled one.
    owesZero = digit === 0
    isGroupEmpty &&= digit === 0
    if (place % 4 > 0) continue
    // 亿 also closes the ten thousands of them (壹万亿).
    if (!isGroupEmpty || place === 8) text += GROUPS[place / 4]
    isGroupEmpty = true
  }
  return text
}

/** Sum of amounts in fen. @throws RangeError when one is not an integer, so that no rounding hides in a total */
export function sumFen(amounts: readonly number[]): number {
  return checked(amounts.reduce((total, amount) => total + checked(amount), 0))
}

/** Part of an amount by a rate in parts of ten thousand (8 % = 800), rounded half up to the fen. */
export function shareOf(fen: number, perTenThousand: number): number {
  return Math.floor((checked(fen) * checked(perTenThousand) + 5000) / 10_000)
}

function checked(fen: number): number {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`amount is not a whole number of fen: ${fen}`)
  return fen
}
