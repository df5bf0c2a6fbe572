import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import express from 'express'
import { setActor } from '../../../server/auth/actor.ts'
import { idempotent } from '../../../server/http/idempotency.ts'
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

  it('is not demanded with a question that everybody may ask', async () => {
    const platform = await server.as(staff('platform'))
    expect((await platform.send('POST', 'lookup', { number: 'X', mobileLast4: '0000' })).body.code).not.to.equal('IDEMPOTENCY_KEY_REQUIRED')
  })

  it('refuses a key that no index could hold, also where the contract does not name it', async () => {
    const client = await server.citizen(0)
    for (const [path, body] of [['applications', BODY], ['messages/read', {}]] as const) {
      const answer = await client.send('POST', path, body, { 'idempotency-key': 'k'.repeat(3000) })
      expect([answer.status, answer.body.code, answer.body.fields[0].path], path)
        .to.deep.equal([400, 'REQUEST_INVALID', '/headers/idempotency-key'])
    }
  })

  describe('around work that can be watched', () => {
    const KEY = { 'idempotency-key': 'key-of-watched-work' }
    let listening: Server
    let url: string
    let effects = 0
    let isGone: Promise<void>
    let begun: Promise<void>
    let finish: () => void

    before(async () => {
      const app = express()
      const work = new Promise<void>(resolve => { finish = resolve })
      let begin: () => void
      begun = new Promise(resolve => { begin = resolve })
      isGone = new Promise(resolve => {
        app.use((req, res, next) => {
          setActor(req, staff('citizen'))
          res.once('close', () => { if (!res.writableEnded) resolve() })
          next()
        })
      })
      app.use(idempotent(server.ctx))
      app.post('/slow', async (_req, res) => {
        effects++
        begin()
        await work
        res.status(201).json({ effects })
      })
      app.post('/silent', (_req, res) => {
        effects++
        res.status(204).end()
      })
      listening = await new Promise<Server>(resolve => { const opened = app.listen(0, '127.0.0.1', () => resolve(opened)) })
      url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
    })
    beforeEach(() => { effects = 0 })
    after(() => listening.close())

    const post = (path: string, headers: Record<string, string>, signal?: AbortSignal) =>
      fetch(url + path, { method: 'POST', headers, ...(signal && { signal }) })

    it('is held while the work goes on, though its caller has gone away', async () => {
      const caller = new AbortController()
      const first = post('/slow', KEY, caller.signal).catch(() => undefined)
      await begun
      caller.abort()
      await Promise.all([first, isGone])
      const again = post('/slow', KEY)
      finish()
      expect(await (await again).json()).to.deep.equal({ effects: 1 })
      expect(effects).to.equal(1)
    })

    it('holds for an answer without a body', async () => {
      const key = { 'idempotency-key': 'key-of-a-silent-answer' }
      expect([(await post('/silent', key)).status, (await post('/silent', key)).status]).to.deep.equal([204, 204])
      expect(effects).to.equal(1)
    })
  })

  it('keeps the answer encrypted', async () => {
    const rows = await server.ctx.db('idempotency_key').whereNotNull('response_enc')
    expect(rows).not.to.be.empty
    for (const row of rows) expect(row.response_enc).to.match(/^v1:/)
  })
})
