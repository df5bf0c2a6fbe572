import { expect } from 'chai'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { AppError } from '../../../../core/errors.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { appendAudit } from '../../../../server/db/audit.ts'
import { connect } from '../../../../server/db/connect.ts'
import { migrate } from '../../../../server/db/migrate.ts'
import { saveContact } from '../../../../server/db/notification-contacts.ts'
import { createOutboxRelay } from '../../../../server/engine/outbox-relay.ts'
import { sendMessage, takeReceipt } from '../../../../server/services/messages/send.ts'
import { call, startForTest } from '../../../departments/support.ts'
import type { TestDepartments } from '../../../departments/support.ts'
import { until } from '../../../support/until.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'

describe('messages/send', () => {
  let db: Knex
  let ctx: ServerContext
  let service: TestDepartments
  let folder: string
  let now = Date.now()

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'messages-'))
    db = connect({ databaseUrl: '', dataDir: folder })
    await migrate(db)
    service = await startForTest(['message'])
    ctx = testContext(db, { env: { MESSAGE_URL: service.urls.message }, real: () => now })
  })
  after(async () => {
    await service.end()
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })
  afterEach(async () => {
    await call(`${service.urls.message}/v1/faults`, 'DELETE')
    for (const table of ['outbox', 'text_message', 'notification', 'notification_contact', 'reminder']) await db(table).delete()
  })

  /** Notes an event in the trail of a new case; gives the id that event and message share. */
  async function event(type: string, data: Record<string, unknown> = {}): Promise<string> {
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    const { id } = await appendAudit(db, {
      chain: one.id, type, actor: { role: 'system', id: 'test' }, itemId: one.item('flexible-pension'), data, at: ctx.clock.now()
    })
    return id
  }
  const texts = () => db('text_message').orderBy('recipient')
  const ledger = async (id: string) => (await call(`${service.urls.message}/v1/ledger?subject=${id}`)).body.entries
  const faults = (...list: object[]) => call(`${service.urls.message}/v1/faults`, 'POST', { faults: list })

  it('follows an event that people are told of, in the same transaction, and no other', async () => {
    const told = await event('item-rejected')
    await event('item-opened')
    expect(await db('notification').pluck('id')).to.deep.equal([told])
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    await db.transaction(async trx => {
      await appendAudit(trx, { chain: one.id, type: 'item-rejected', actor: { role: 'system', id: 'x' }, at: 1 })
      throw new Error('undone')
    }).catch(() => undefined)
    expect(await db('notification')).to.have.length(1)
    expect(await db('outbox').pluck('kind')).to.deep.equal(['send-message'])
  })

  it('goes out once, however often it is sent', async () => {
    const id = await event('item-rejected')
    for (let time = 0; time < 3; time++) await sendMessage(ctx, id)
    expect(await ledger(id)).to.have.length(1)
    expect((await texts())[0]).to.include({ recipient: 'applicant', status: 'sent', attempt: 1 })
    expect(await db('notification').where({ id }).first()).to.include({ status: 'sent' })
  })

  it('asks before it repeats when the answer was lost', async () => {
    const id = await event('correction-opened', { deadline: '2026-03-31' })
    await faults({ mode: 'effect-then-silence', count: 1 })
    const error = await sendMessage(ctx, id).catch((one: unknown) => one)
    expect(error).to.be.instanceOf(AppError).and.include({ code: 'DEPARTMENT_UNAVAILABLE' })
    // The telephone that was corrected meanwhile makes another text; the one that is out is not sent again.
    await sendMessage(ctx, id)
    expect(await ledger(id)).to.have.length(1)
    expect((await texts())[0]!.message_number).to.match(/^DX/)
  })

  it('is repeated by the relay while the service is down, and then sent once', async () => {
    now = Date.now()
    const id = await event('item-rejected')
    await faults({ mode: 'error', kind: 'text-message', count: 2 })
    const relay = createOutboxRelay(ctx, () => 0.5, 'message')
    now = Date.now() + 1000
    for (let round = 0; round < 2; round++) {
      expect(await relay.drain()).to.equal(0)
      now += 10_000
    }
    expect(await relay.drain()).to.equal(1)
    expect(await ledger(id)).to.have.length(1)
  })

  it('stands in the inbox alone where its template asks for no text message', async () => {
    const id = await event('payment-settled')
    await sendMessage(ctx, id)
    expect(await texts()).to.deep.equal([])
    expect(await db('notification').where({ id }).first()).to.include({ status: 'inbox' })
  })

  it('goes to the family member too, whose number nobody can read in the table', async () => {
    await saveContact(ctx, { accountKey: 'account', personKey: 'person' }, { name: '韦小明', relation: 'child', mobile: '13977101002' }, 1)
    expect(JSON.stringify(await db('notification_contact'))).to.not.include('13977101002').and.not.include('韦小明')
    const id = await event('item-rejected')
    await sendMessage(ctx, id)
    expect((await texts()).map(({ recipient, status }) => [recipient, status])).to.deep.equal([['applicant', 'sent'], ['contact', 'sent']])
    expect(await ledger(id)).to.have.length(2)
  })

  it('is given up when the service refuses the number for good', async () => {
    const id = await event('item-rejected')
    await faults({ mode: 'refuse', count: 1 })
    await sendMessage(ctx, id)
    expect((await texts())[0]).to.include({ status: 'failed' })
    expect(await db('notification').where({ id }).first()).to.include({ status: 'sent' })
  })

  it('keeps a receipt that overtakes the answer', async () => {
    const id = await event('item-rejected')
    await faults({ mode: 'delay', delayMs: 200, count: 1 })
    const sending = sendMessage(ctx, id)
    await until('the text message is begun', async () => (await texts()).length === 1, 5000)
    await takeReceipt(ctx, `${id}:applicant:1`, true)
    await sending
    expect((await texts())[0]).to.include({ status: 'delivered' })
    expect((await texts())[0]!.message_number).to.match(/^DX/)
  })

  it('goes out anew when it did not reach the telephone, three times at most, and takes each receipt once', async () => {
    const id = await event('item-rejected')
    await sendMessage(ctx, id)
    const requestId = (attempt: number) => `${id}:applicant:${attempt}`
    for (const attempt of [1, 2]) {
      for (let copy = 0; copy < 2; copy++) expect(await takeReceipt(ctx, requestId(attempt), false)).to.equal(true)
      expect((await texts())[0]).to.include({ status: 'pending', attempt: attempt + 1 })
      await sendMessage(ctx, id)
    }
    await takeReceipt(ctx, requestId(1), true)
    expect((await texts())[0], 'a late receipt of an earlier attempt').to.include({ status: 'sent', attempt: 3 })
    await takeReceipt(ctx, requestId(3), false)
    expect((await texts())[0]).to.include({ status: 'failed' })
    expect(await ledger(id)).to.have.length(3)
    expect(await takeReceipt(ctx, 'nobody:1', true)).to.equal(false)
  })
})
