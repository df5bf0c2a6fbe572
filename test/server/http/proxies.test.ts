import { expect } from 'chai'
import { startPublicServer } from '../../support/public-server.ts'

/** Eleven look-ups that a proxy says come from eleven addresses; one address may make ten. */
async function lastOfEleven(env: Readonly<Record<string, string>>): Promise<number> {
  const server = await startPublicServer({ env })
  const statuses: number[] = []
  for (let count = 0; count < 11; count++) {
    const response = await fetch(`${server.url}/api/v1/lookup?number=number-${count}&mobileLast4=0000`, { headers: { 'x-forwarded-for': `10.0.0.${count + 1}` } })
    statuses.push(response.status)
  }
  await server.stop()
  expect(statuses.slice(0, 10)).to.deep.equal(Array(10).fill(404))
  return statuses.at(-1)!
}

describe('the proxies before the server', () => {
  it('are believed when the site names them, so that each applicant has a limit of their own', async () => {
    expect(await lastOfEleven({ TRUSTED_PROXIES: '127.0.0.1, 10.9.0.0/16' })).to.equal(404)
  })

  it('are not believed otherwise, or anybody could claim any address', async () => {
    expect(await lastOfEleven({})).to.equal(429)
    expect(await lastOfEleven({ TRUSTED_PROXIES: '192.0.2.1' })).to.equal(429)
  })
})
