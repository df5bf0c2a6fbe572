import { expect } from 'chai'
import { SignJWT } from 'jose'
import { stack } from './root-stack.ts'

/** Lets business time go on `milliseconds` from real time. */
export async function moveClock(milliseconds: number): Promise<void> {
  const { options, secrets } = stack().system
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('operator').setAudience('internal')
    .setIssuedAt().setExpirationTime('1m').sign(new TextEncoder().encode(secrets.WORKER_TOKEN_SECRET))
  const response = await fetch(`http://127.0.0.1:${options.port + 1}/internal/v1/clock`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ now: new Date(Date.now() + milliseconds).toISOString() })
  })
  expect(response.status).to.equal(200)
}
