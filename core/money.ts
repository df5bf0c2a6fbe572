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
