import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from './errors.ts'

/** What came over the wire. */
export interface Signed {
  /** Milliseconds, as sent. */
  readonly timestamp: string | undefined
  readonly signature: string | undefined
  readonly rawBody: Buffer
}

/** A call-back older or newer than this is refused, so that none can be kept and played again later. */
const WINDOW = 5 * 60_000

/** Signature of a call-back: hex HMAC-SHA256 over `<timestamp in ms>.<raw body>`. */
export function signCallback(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
}

/** Checks the signature over time stamp and raw body. Throws AppError SIGNATURE_INVALID or CALLBACK_STALE (401). */
export function checkSignature(
  secret: string, { timestamp = '', signature = '', rawBody }: Signed, realNow: number
): void {
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest()
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '', 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new AppError('SIGNATURE_INVALID')
  if (!/^\d{1,16}$/.test(timestamp) || Math.abs(realNow - Number(timestamp)) > WINDOW) throw new AppError('CALLBACK_STALE')
}

/** Key by which results are signed for one region's platform: it proves nothing to another region's. */
export function platformKey(secret: string, region: string): string {
  return createHmac('sha256', secret).update(`platform-results:${region}`).digest('hex')
}
