import { createHmac } from 'node:crypto'

/** Signature of a call-back: hex HMAC-SHA256 over `<timestamp in ms>.<raw body>`. */
export function signCallback(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
}
