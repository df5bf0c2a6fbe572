import { expect } from 'chai'
import { jwtVerify } from 'jose'
import { createTokenSource } from '../../../workers/runtime/token.ts'

const secret = 'a-secret-of-the-tests-0123456789'
const verify = (token: string, at: number) => jwtVerify(token, new TextEncoder().encode(secret), {
  audience: 'internal', algorithms: ['HS256'], currentDate: new Date(at)
})

describe('worker token', () => {
  it('is for the internal interface, of this worker, for ten minutes', async () => {
    const now = Date.parse('2026-04-20T01:00:00Z')
    const { payload } = await verify(await createTokenSource(secret, 'worker-1', () => now)(), now)
    expect(payload).to.deep.equal({ sub: 'worker-1', aud: 'internal', iat: now / 1000, exp: now / 1000 + 600 })
  })

  it('is used again until its last minute', async () => {
    let now = Date.parse('2026-04-20T01:00:00Z')
    const token = createTokenSource(secret, 'worker-1', () => now)
    const first = await token()
    now += 8 * 60_000
    expect(await token()).to.equal(first)
    now += 61_000
    expect(await token()).not.to.equal(first)
  })

  it('is made anew on demand', async () => {
    let now = Date.parse('2026-04-20T01:00:00Z')
    const token = createTokenSource(secret, 'worker-1', () => now)
    const first = await token()
    now += 1_000
    expect(await token(true)).not.to.equal(first)
  })
})
