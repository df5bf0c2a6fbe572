import { SignJWT } from 'jose'

const LIFE_SECONDS = 600
const RENEW_BEFORE_MS = 60_000

/**
 * Mints the tokens of the internal interface: HS256, audience `internal`, ten minutes. They are checked offline, so a
 * dead identity server stops no worker. Returns the current token; a new one when it is about to end or `renew` is true.
 */
export function createTokenSource(secret: string, workerId: string, now: () => number = Date.now) {
  const key = new TextEncoder().encode(secret)
  let token = ''
  let endsAt = 0
  return async (renew = false): Promise<string> => {
    if (renew || now() > endsAt - RENEW_BEFORE_MS) {
      const issuedAt = Math.floor(now() / 1000)
      token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(workerId)
        .setAudience('internal')
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFE_SECONDS)
        .sign(key)
      endsAt = (issuedAt + LIFE_SECONDS) * 1000
    }
    return token
  }
}
