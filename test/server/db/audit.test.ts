import { expect } from 'chai'
import type { Knex } from 'knex'
import { createCryptoProvider } from '../../../server/crypto/crypto-provider.ts'
import { appendAudit, canonicalJson, readChain, verifyChain } from '../../../server/db/audit.ts'
import { insertApplication } from '../../support/rows.ts'
import { onBothDatabases } from '../../support/databases.ts'

const crypto = createCryptoProvider({ dataKey: Buffer.alloc(32, 1).toString('base64'), hashKey: 'hash-key' })
const actor = { role: 'clerk', id: 'hrss-gx' }
const event = (chain: string, type = 'task.decided', at = 1000) => ({ chain, type, actor, at })

onBothDatabases('server/db/audit', ({ kind, openMigrated }) => {
  let db: Knex
  let chain: string
  before(async () => { db = await openMigrated() })
  beforeEach(async () => { chain = await insertApplication(db) })

  it('chains the events of one application and keeps its head', async () => {
    const first = await appendAudit(db, { ...event(chain), data: { b: 1, a: { d: null, c: [2] } }, itemId: 'i1' })
    const second = await appendAudit(db, event(chain))
    expect(first).to.include({ seq: 1, prev_hash: '0'.repeat(64), data: '{"a":{"c":[2],"d":null},"b":1}', item_id: 'i1', actor_role: 'clerk' })
    expect(second).to.include({ seq: 2, prev_hash: first.hash })
    expect(await readChain(db, chain)).to.deep.equal([first, second])
    expect(await db('application').where({ id: chain }).pluck('audit_head')).to.deep.equal([`2:${second.hash}`])
    expect(await verifyChain(db, chain)).to.deep.equal({ isIntact: true, count: 2 })
  })

  it('goes with the transaction of its caller', async () => {
    await db.transaction(async trx => {
      await appendAudit(trx, event(chain))
      throw new Error('taken back')
    }).catch(() => undefined)
    expect(await verifyChain(db, chain)).to.deep.equal({ isIntact: true, count: 0 })
    await appendAudit(db, event(chain))
    expect(await verifyChain(db, chain)).to.deep.equal({ isIntact: true, count: 1 })
  })

  it('stores free text sealed only', async () => {
    const row = await appendAudit(db, { ...event(chain), text: '本人韦小宝申请' }, crypto)
    expect(row.text_enc).to.match(/^v1:k1:/)
    expect(crypto.decrypt('audit_event', 'text_enc', row.id, row.text_enc!)).to.equal('本人韦小宝申请')
    expect(await appendAudit(db, { ...event(chain), text: 'x' }).then(() => 'stored', (error: { code: string }) => error.code)).to.equal('INTERNAL')
  })

  it('refuses a chain of nobody', async () => {
    expect(await appendAudit(db, event('nobody')).then(() => 'stored', (error: { code: string }) => error.code)).to.equal('SUBJECT_UNKNOWN')
  })

  it('finds any event that was changed, taken out or cut off', async () => {
    for (let count = 0; count < 4; count++) await appendAudit(db, event(chain))
    const rows = await readChain(db, chain)
    const tampered = async (change: (trx: Knex) => Promise<unknown>) => {
      let verdict
      await db.transaction(async trx => {
        await change(trx)
        verdict = await verifyChain(trx, chain)
        throw new Error('restore')
      }).catch((error: Error) => { if (error.message !== 'restore') throw error })
      return verdict
    }
    for (const values of [{ type: 'other' }, { actor_id: 'else' }, { at: 5 }, { data: '{"x":1}' }, { item_id: 'i' }, { text_enc: 'v1' }, { actor_role: 'admin' }]) {
      expect(await tampered(trx => trx('audit_event').where({ id: rows[1]!.id }).update(values)), JSON.stringify(values))
        .to.deep.equal({ isIntact: false, count: 4, brokenAt: 2, reason: 'hash' })
    }
    expect(await tampered(trx => trx('audit_event').where({ id: rows[1]!.id }).delete())).to.deep.equal({ isIntact: false, count: 3, brokenAt: 3, reason: 'gap' })
    expect(await tampered(trx => trx('audit_event').where({ id: rows[3]!.id }).delete())).to.deep.equal({ isIntact: false, count: 3, brokenAt: 4, reason: 'head' })
    expect(await tampered(trx => trx('audit_event').where({ id: rows[2]!.id }).update({ prev_hash: rows[0]!.hash })))
      .to.deep.equal({ isIntact: false, count: 4, brokenAt: 3, reason: 'link' })
  })

  it('stays whole with many writers at once, on one application and on the system chain', async () => {
    const other = await insertApplication(db)
    const writers = Array.from({ length: 24 }, (_, index) => db.transaction(async trx => {
      await appendAudit(trx, event(index % 2 ? chain : other, `event.${index}`))
      await appendAudit(trx, event('system', `event.${index}`))
    }))
    const alone = Array.from({ length: 8 }, () => appendAudit(db, event(chain)))
    await Promise.all([...writers, ...alone])
    for (const [name, count] of [[chain, 20], [other, 12], ['system', 24]] as const) {
      expect(await verifyChain(db, name), name).to.deep.equal({ isIntact: true, count })
    }
  })

  it('is found whole at any moment while it grows', async () => {
    const writers = Array.from({ length: 30 }, () => appendAudit(db, event(chain)))
    const readers = Array.from({ length: 30 }, () => verifyChain(db, chain))
    for (const { isIntact, reason } of await Promise.all(readers)) expect({ isIntact, reason }).to.deep.equal({ isIntact: true, reason: undefined })
    await Promise.all(writers)
  })

  if (kind === 'postgresql') {
    it('does not block rows that refer to the application', async () => {
      await db.transaction(async trx => {
        await appendAudit(trx, event(chain))
        await db('rating').insert({ id: 'r1', application_id: chain, level: 1, created_at: 1 }).timeout(3000)
      })
      expect(await db('rating').where({ application_id: chain })).to.have.length(1)
    })
  }

  it('writes JSON with sorted keys and without undefined members', () => {
    expect(canonicalJson({ b: [{ z: 1, a: undefined }], a: '中' })).to.equal('{"a":"中","b":[{"z":1}]}')
  })
})
