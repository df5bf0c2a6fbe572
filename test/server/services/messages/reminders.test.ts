import { expect } from 'chai'
import type { Knex } from 'knex'
import type { ServerContext } from '../../../../server/context.ts'
import { appendAudit } from '../../../../server/db/audit.ts'
import { remind } from '../../../../server/services/messages/reminders.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import type { TestCase } from '../../support/case-context.ts'
import { NOW, submittedCase, testContext } from '../../support/case-context.ts'

onBothDatabases('messages/reminders', ({ openMigrated }) => {
  let db: Knex
  let ctx: ServerContext
  let now: number
  before(async () => { db = await openMigrated() })
  beforeEach(async () => {
    now = Date.parse(NOW)
    ctx = testContext(db, { real: () => now })
    for (const table of ['reminder', 'outbox', 'notification']) await db(table).delete()
  })

  const told = () => db('notification').orderBy('created_at').pluck('template')

  async function payable(deadline: string): Promise<TestCase> {
    const one = await submittedCase(ctx, { matters: ['contribution'], rows: ['flexible-pension'] })
    const rowId = one.row('flexible-pension')
    await db('item_row').where({ id: rowId }).update({ payment_status: 'due', amount_fen: 100 })
    await appendAudit(db, {
      chain: one.id, type: 'payment-due', actor: { role: 'system', id: 'x' }, itemId: one.item('contribution'), at: ctx.clock.now(),
      data: { rowId, insurance: 'flexible-pension', amountFen: 100, deadline }
    })
    return one
  }

  it('remind once, a working day before the day', async () => {
    await payable('2026-03-26')
    expect(await remind(ctx), 'two working days before').to.equal(0)
    now += 24 * 3_600_000
    expect(await remind(ctx)).to.equal(1)
    expect(await remind(ctx)).to.equal(0)
    expect(await told()).to.deep.equal(['payment-due', 'payment-due-soon'])
  })

  it('remind on Friday of what ends on Monday', async () => {
    await payable('2026-03-30')
    now = Date.parse('2026-03-27T10:00:00+08:00')
    expect(await remind(ctx)).to.equal(1)
  })

  it('pass over what was paid, and what is over', async () => {
    const paid = await payable('2026-03-25')
    await db('item_row').where({ id: paid.row('flexible-pension') }).update({ payment_status: 'paid' })
    await payable('2026-03-20')
    expect(await remind(ctx)).to.equal(0)
    expect(await db('reminder').whereNull('settled_at')).to.deep.equal([])
  })

  it('remind of a correction that is still open, not of one that was handed in', async () => {
    for (const status of ['open', 'submitted']) {
      const one = await submittedCase(ctx, { matters: ['resident-pension'] })
      const itemId = one.item('resident-pension')
      await db('correction').insert({
        id: `${status}-${now}`, item_id: itemId, application_id: one.id, fields: '[]', materials: '[]', deadline: '2026-03-25', status, opened_at: 1,
        created_by: 'x', created_at: 1
      })
      await appendAudit(db, {
        chain: one.id, type: 'correction-opened', actor: { role: 'system', id: 'x' }, itemId, data: { deadline: '2026-03-25' }, at: ctx.clock.now()
      })
    }
    expect(await remind(ctx)).to.equal(1)
    expect((await told()).filter(name => name === 'correction-due-soon')).to.have.length(1)
  })
})
