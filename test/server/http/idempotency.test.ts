import { expect } from 'chai'
import { staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

const BODY = { region: 'guangxi', channel: 'online', matters: ['flexible-pension'] }

describe('http/idempotency', () => {
  let server: PublicServer

  before(async () => { server = await startPublicServer() })
  after(() => server.stop())

  it('answers a repeated request with the first answer, Location and ETag included', async () => {
    const client = await server.citizen(0)
    const key = { 'idempotency-key': 'key-for-a-draft' }
    const first = await client.send('POST', 'applications', BODY, key)
    const again = await client.send('POST', 'applications', BODY, key)
    expect([again.status, again.body]).to.deep.equal([201, first.body])
    expect([again.headers.get('etag'), again.headers.get('location')]).to.deep.equal(['"1"', first.headers.get('location')])
    expect(await server.ctx.db('application').where({ id: first.body.id })).to.have.length(1)
  })

  it('refuses the key for another body and for another address', async () => {
    const client = await server.citizen(0)
    const key = { 'idempotency-key': 'key-used-twice' }
    const { body } = await client.send('POST', 'applications', BODY, key)
    for (const [path, other] of [['applications', { ...BODY, matters: [] }], [`applications/${body.id}/submit`, {}]] as const) {
      const answer = await client.send('POST', path, other, key)
      expect([answer.status, answer.body.code], path).to.deep.equal([409, 'IDEMPOTENCY_KEY_REUSED'])
    }
  })

  it('is another key for another person', async () => {
    const key = { 'idempotency-key': 'key-of-two-people' }
    const [one, other] = await Promise.all([0, 1].map(async index => (await server.citizen(index)).send('POST', 'applications', BODY, key)))
    expect(one!.body.id).not.to.equal(other!.body.id)
  })

  it('gives the key back after a refusal, so that the request can be mended', async () => {
    const client = await server.citizen(0)
    const key = { 'idempotency-key': 'key-for-a-mended-one' }
    expect((await client.send('POST', 'applications', { ...BODY, matters: ['nothing'] }, key)).status).to.equal(422)
    expect((await client.send('POST', 'applications', BODY, key)).status).to.equal(201)
  })

  it('is demanded of platforms', async () => {
    const platform = await server.as(staff('platform'))
    const answer = await platform.send('POST', 'applications', { ...BODY, channel: 'platform' })
    expect([answer.status, answer.body.code]).to.deep.equal([400, 'IDEMPOTENCY_KEY_REQUIRED'])
    expect((await platform.send('POST', 'applications', { ...BODY, channel: 'platform' }, { 'idempotency-key': 'platform-1' })).status).to.equal(201)
  })

  it('keeps the answer encrypted', async () => {
    const rows = await server.ctx.db('idempotency_key').whereNotNull('response_enc')
    expect(rows).not.to.be.empty
    for (const row of rows) expect(row.response_enc).to.match(/^v1:/)
  })
})
