import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import type { Knex } from 'knex'
import type { ServerContext } from '../../../server/context.ts'
import { connect } from '../../../server/db/connect.ts'
import { findRow, updateRow } from '../../../server/db/item-rows.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { createInternalApp } from '../../../server/internal/app.ts'
import type { EngineGateway } from '../../../server/engine/gateway.ts'
import { beginStep } from '../../../server/services/department-step.ts'
import { modelsOnly, submittedCase, testContext } from '../support/case-context.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are read as they come */

const SECRET = 'test-secret-of-no-worth'
const timers = { openTimers: () => Promise.resolve([{ id: 'j1', dueAt: 5000 }]), moved: [] as unknown[] }

describe('internal/app', () => {
  let db: Knex
  let ctx: ServerContext
  let server: Server
  let folder: string
  let url: string
  const now = Date.parse('2026-03-24T02:00:00Z')

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'internal-'))
    db = connect({ databaseUrl: '', dataDir: folder })
    await migrate(db)
    const engine = { ...modelsOnly, ...timers, setTimerDue: async (...given: unknown[]) => { timers.moved.push(given) } } as unknown as EngineGateway
    ctx = testContext(db, { engine })
    server = await new Promise<Server>(resolve => { const listening = createInternalApp(ctx).listen(0, '127.0.0.1', () => resolve(listening)) })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(async () => {
    server.closeAllConnections()
    await new Promise(closed => server.close(closed))
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })

  const token = ({ secret = SECRET, audience = 'internal', life = 600, at = now }: { secret?: string; audience?: string; life?: number; at?: number } = {}) =>
    new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('worker-1').setAudience(audience).setIssuedAt(at / 1000)
      .setExpirationTime(at / 1000 + life).sign(new TextEncoder().encode(secret))
  async function post(path: string, body: unknown, authorization?: string): Promise<{ status: number; body: any; type: string | null }> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', authorization: authorization ?? `Bearer ${await token()}` }
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), type: response.headers.get('content-type') }
  }
  const step = (id: string, topic: string, what: string, body: unknown, authorization?: string) =>
    post(`/internal/v1/items/${id}/steps/${topic}/${what}`, body, authorization)
  const runBody = (variables = {}) => ({ taskId: randomUUID(), processInstanceId: randomUUID(), variables })

  it('lets nobody in without a good token', async () => {
    const { id } = await submittedCase(ctx, { matters: ['flexible-pension'] })
    const bad = ['', 'Bearer x', `Bearer ${await token({ secret: 'another-secret' })}`, `Bearer ${await token({ audience: 'public' })}`,
      `Bearer ${await token({ life: 3600 })}`, `Bearer ${await token({ at: now - 3_600_000 })}`, `Basic ${await token()}`]
    for (const authorization of bad) {
      const answer = await step(id, 'common.accept-application', 'run', runBody(), authorization)
      expect(answer.status, authorization.slice(0, 20)).to.equal(401)
      expect(answer.type).to.contain('application/problem+json')
    }
    expect((await db('application').where({ id }).first()).accepted_at).to.equal(null)
  })

  it('runs a record step, and a department step from begin to finish', async () => {
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    const id = one.item('flexible-pension')
    expect(await step(one.id, 'common.accept-application', 'run', runBody())).to.deep.include({ status: 200, body: { variables: {} } })
    const opened = await step(id, 'common.open-item', 'run', { ...runBody({ result: null, insurance: { a: 1 } }), processDefinitionId: 'p:1' })
    expect(opened.body.variables.isOpen).to.deep.equal({ value: true, type: 'Boolean' })
    const topic = 'guangxi.flexible-pension.register'
    const begun = await step(id, topic, 'begin', { taskId: 't' })
    expect(begun.body).to.have.keys('requestId', 'traceparent', 'round', 'fields', 'context', 'earlier')
    const finished = await step(id, topic, 'finish', {
      requestId: begun.body.requestId, processDefinitionId: 'p:2', variables: { registration: 'registered' }, receipt: { number: 'N1', issuedAt: '2026-03-24T10:00:00.000+08:00' }, reasons: [],
      evidence: { department: 'hrss', payloadHash: 'a'.repeat(64), responseHash: null, httpStatus: 200, attempts: [{ startedAt: 1, finishedAt: null, result: 'ok', httpStatus: null }] }
    })
    expect(finished).to.deep.include({ status: 200, body: { variables: { registration: 'registered' } } })
    const events = await db('audit_event').where({ chain: one.id }).whereIn('type', ['item-opened', 'department-step']).orderBy('seq').pluck('data')
    expect(events.map(data => JSON.parse(data).processDefinition)).to.deep.equal(['p:1', 'p:2'])
    const failed = await step(id, topic, 'fail', { requestId: begun.body.requestId, code: 'X', isFinal: false })
    expect(failed.status).to.equal(204)
  })

  it('answers what can never succeed with 4xx, so that no worker repeats it', async () => {
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    const cases: [number, string, Promise<{ status: number; body: any }>][] = [
      [404, 'SUBJECT_UNKNOWN', step(randomUUID(), 'common.accept-application', 'run', runBody())],
      [404, 'STEP_UNKNOWN', step(one.id, 'common.nothing', 'run', runBody())],
      [409, 'STEP_CONFLICT', step(one.item('flexible-pension'), 'common.open-item', 'run', runBody())],
      [400, 'REQUEST_INVALID', step(one.id, 'common.accept-application', 'run', { taskId: 5 })],
      [400, 'JSON_INVALID', step(one.id, 'common.accept-application', 'run', '{')],
      [404, 'NOT_FOUND', post('/internal/v1/nothing', {})]
    ]
    for (const [status, code, work] of cases) {
      const answer = await work
      expect([answer.status, answer.body.code]).to.deep.equal([status, code])
    }
    expect(await step(randomUUID(), 'common.refuse-application', 'run', runBody())).to.deep.include({ status: 200, body: { variables: {} } })
  })

  it('makes a fault of ours a conflict, an absent database or a key not known yet a later try', async () => {
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    await db('application').where({ id: one.id }).update({ region: 'guangxi', content_enc: 'v1:k1:broken:broken:broken' })
    const broken = await step(one.item('flexible-pension'), 'guangxi.flexible-pension.verify', 'begin', { taskId: 't' })
    expect([broken.status, broken.body.code]).to.deep.equal([409, 'STEP_CONFLICT'])
    // While keys are changed: sealed by a server that knows one more.
    await db('application').where({ id: one.id }).update({ content_enc: 'v1:k2:aaaa:bbbb:cccc' })
    const unknown = await step(one.item('flexible-pension'), 'guangxi.flexible-pension.verify', 'begin', { taskId: 't' })
    expect([unknown.status, unknown.body.code]).to.deep.equal([503, 'SERVICE_UNAVAILABLE'])
    await db.schema.renameTable('item_row', 'item_row_away')
    const away = await step(one.id, 'common.accept-application', 'run', runBody())
    await db.schema.renameTable('item_row_away', 'item_row')
    expect([away.status, away.body.code]).to.deep.equal([503, 'SERVICE_UNAVAILABLE'])
  })

  describe('call-backs', () => {
    const send = async (department: string, event: object, { secret = SECRET, timestamp = now }: { secret?: string; timestamp?: number } = {}) => {
      const body = JSON.stringify(event)
      const response = await fetch(`${url}/internal/v1/callbacks/${department}`, {
        method: 'POST', body,
        headers: {
          'content-type': 'application/json', 'x-timestamp': String(timestamp),
          'x-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
        }
      })
      return { status: response.status, body: await response.json() as any }
    }
    const event = (requestId: string, type = 'payment-settled', data: object = { amountFen: 100 }) =>
      ({ id: randomUUID(), type, requestId, at: '2026-03-24T10:00:00+08:00', data })
    async function declaredRow() {
      const one = await submittedCase(ctx, { matters: ['contribution'], rows: ['flexible-medical'] })
      await step(one.id, 'common.accept-application', 'run', runBody())
      await step(one.row('flexible-medical'), 'common.open-item', 'run', runBody())
      const { requestId } = await beginStep(ctx, one.row('flexible-medical'), 'guangxi.contribution.declare')
      await updateRow(db, one.row('flexible-medical'), { payment_status: 'due', amount_fen: 100 }, 1)
      return { id: one.row('flexible-medical'), requestId, applicationId: one.id }
    }

    it('takes a payment once, however often it is reported, and wakes the process', async () => {
      const { id, requestId } = await declaredRow()
      const reported = event(requestId)
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send('tax', reported)))
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 200, 200, 200, 202])
      expect((await findRow(db, id))!.payment_status).to.equal('paid')
      const messages = await db('outbox').where({ aggregate_id: id })
      expect(messages.map(({ payload }) => JSON.parse(payload))).to.deep.equal([{ message: 'PaymentReported', businessKey: id, awaitsConclusion: true }])
    })

    it('keeps news of a payment until its row is concluded, as its process waits for it only then', async () => {
      const { id, requestId } = await declaredRow()
      await send('tax', event(requestId))
      const waits = async () => Number((await db('outbox').where({ aggregate_id: id }).first('due_at')).due_at) - ctx.clock.realNow()
      expect(await waits()).to.equal(10_000)
      await step(id, 'common.conclude-item', 'run', runBody({ result: 'approved' }))
      expect(await waits()).to.equal(50)
    })

    it('does not undo a payment by a failure that comes late', async () => {
      const { id, requestId } = await declaredRow()
      await send('tax', event(requestId))
      expect((await send('tax', event(requestId, 'payment-failed', { code: 'X' }))).status).to.equal(202)
      expect((await findRow(db, id))!.payment_status).to.equal('paid')
      const other = await declaredRow()
      await send('tax', event(other.requestId, 'payment-failed', { code: 'X' }))
      expect((await findRow(db, other.id))!.payment_status).to.equal('failed')
    })

    it('refuses another signature and an old one', async () => {
      const { id, requestId } = await declaredRow()
      const reported = event(requestId)
      for (const options of [{ secret: 'wrong-secret' }, { timestamp: now - 301_000 }, { timestamp: now + 301_000 }]) {
        const answer = await send('tax', reported, options)
        expect(answer.status).to.equal(401)
        expect(answer.body.code).to.match(/SIGNATURE_INVALID|CALLBACK_STALE/)
      }
      expect((await findRow(db, id))!.payment_status).to.equal('due')
    })

    it('parks what it does not know, and what another department says', async () => {
      const { id, requestId } = await declaredRow()
      const parked = async () => (await db('audit_event').where({ chain: 'system', type: 'callback-parked' })).length
      const before = await parked()
      expect((await send('tax', event('no-such-request'))).status).to.equal(202)
      expect((await send('hrss', event(requestId))).status).to.equal(202)
      expect(await parked()).to.equal(before + 2)
      expect((await findRow(db, id))!.payment_status).to.equal('due')
    })

    it('refuses a changed event under a known id, and a body that is none', async () => {
      const { requestId } = await declaredRow()
      const reported = event(requestId)
      await send('tax', reported)
      expect((await send('tax', { ...reported, data: { amountFen: 1 } })).status).to.equal(409)
      expect((await send('tax', { id: 'x' })).status).to.equal(400)
    })
  })

  it('sets the business clock and moves the timers with it', async () => {
    const answer = await post('/internal/v1/clock', { now: '2026-03-25T02:00:00Z' })
    expect(answer.body).to.deep.equal({ offset: 86_400_000, timers: 1 })
    // Its business time stays: the gateway takes the new offset away.
    expect(timers.moved).to.deep.equal([['j1', 5000]])
    ctx.clock.setOffset(0)
    expect((await post('/internal/v1/clock', { now: 'tomorrow' })).status).to.equal(400)
  })

  it('gives its figures to whoever asks on this machine', async () => {
    const text = await (await fetch(`${url}/metrics`)).text()
    expect(text).to.contain('outbox_pending').and.contain('work_items_open').and.contain('process_cpu_seconds_total')
  })
})
