import type { DepartmentReply, Reason, Receipt } from '../../core/matter.ts'
import { jsonOf } from './http.ts'
import type { HttpAnswer } from './http.ts'

/** A reply read from the wire: usable, still being worked on, or not what the contract says. */
export type Reading =
  | { readonly kind: 'reply', readonly reply: DepartmentReply }
  | { readonly kind: 'processing' }
  | { readonly kind: 'invalid', readonly code: 'DEPARTMENT_REPLY_INVALID' | 'DEPARTMENT_RECEIPT_MISMATCH' }

/** Letters of the department, date, sequence, check character. */
const RECEIPT_NUMBER = /^[A-Z]{1,8}(\d{14,20})([\dX])$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const MAX_REASONS = 20

/**
 * Reads a department's 200 answer and takes over only what the contract names. The reply must be to our request id;
 * where `needsReceipt`, a `done` without a well-formed receipt is no reply.
 */
export function readReply(answer: HttpAnswer, requestId: string, needsReceipt: boolean): Reading {
  const invalid: Reading = { kind: 'invalid', code: 'DEPARTMENT_REPLY_INVALID' }
  const body = jsonOf(answer)
  if (!isRecord(body)) return invalid
  if (body['requestId'] !== requestId) return { kind: 'invalid', code: 'DEPARTMENT_RECEIPT_MISMATCH' }
  const { status } = body
  if (status === 'processing') return { kind: 'processing' }
  if (status !== 'done' && status !== 'refused') return invalid
  const receipt = readReceipt(body['receipt'])
  const reasons = readReasons(body['reasons'])
  const result = body['result'] ?? {}
  if (receipt === 'wrong') return { kind: 'invalid', code: 'DEPARTMENT_RECEIPT_MISMATCH' }
  if (receipt === undefined || reasons === undefined || !isRecord(result)) return invalid
  if (status === 'done' && needsReceipt && receipt === null) return { kind: 'invalid', code: 'DEPARTMENT_RECEIPT_MISMATCH' }
  return { kind: 'reply', reply: { status, receipt, result, reasons } }
}

function readReceipt(given: unknown): Receipt | null | undefined | 'wrong' {
  if (given === null || given === undefined) return null
  if (!isRecord(given)) return undefined
  const { number, issuedAt } = given
  if (typeof number !== 'string' || !isReceiptNumber(number)) return 'wrong'
  if (typeof issuedAt !== 'string' || !INSTANT.test(issuedAt) || Number.isNaN(Date.parse(issuedAt))) return undefined
  return { number, issuedAt }
}

/** Whether the check character (ISO 7064 MOD 11-2 over the digits) is right. */
export function isReceiptNumber(text: string): boolean {
  const [, digits, check] = RECEIPT_NUMBER.exec(text) ?? []
  if (digits === undefined) return false
  const sum = [...digits].reduce((rest, digit) => ((rest + Number(digit)) * 2) % 11, 0)
  const expected = (12 - sum) % 11
  return check === (expected === 10 ? 'X' : String(expected))
}

function readReasons(given: unknown): Reason[] | undefined {
  if (given === null || given === undefined) return []
  if (!Array.isArray(given) || given.length > MAX_REASONS) return undefined
  const reasons = given.map(one => isRecord(one) && typeof one['code'] === 'string' && typeof one['message'] === 'string'
    ? { code: one['code'].slice(0, 64), message: one['message'].slice(0, 500) }
    : undefined)
  return reasons.every(one => one !== undefined) ? reasons : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
