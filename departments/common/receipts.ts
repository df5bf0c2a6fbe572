import { shanghaiDate } from '../../core/dates.ts'

/**
 * Receipt number: letters of the department, date in Asia/Shanghai, six digits of the day's sequence (more when it runs
 * over) and a check character by ISO 7064 MOD 11-2 over the digits.
 */
export function receiptNumber(prefix: string, at: number, sequence: number): string {
  const digits = shanghaiDate(at).replaceAll('-', '') + String(sequence).padStart(6, '0')
  return prefix + digits + checkCharacter(digits)
}

/** Whether a text is a receipt number with the right check character. */
export function isReceiptNumber(text: string): boolean {
  const [, digits, check] = /^[A-Z]+(\d{14,})([\dX])$/.exec(text) ?? []
  return digits !== undefined && checkCharacter(digits) === check
}

/** A receipt number that anybody can tell is wrong: its check character is another one. */
export function spoilReceiptNumber(number: string): string {
  return number.slice(0, -1) + (number.endsWith('0') ? '1' : '0')
}

/** ISO 7064 MOD 11-2, as in the citizen's identity number. */
function checkCharacter(digits: string): string {
  let sum = 0
  for (const digit of digits) sum = ((sum + Number(digit)) * 2) % 11
  const check = (12 - sum) % 11
  return check === 10 ? 'X' : String(check)
}
