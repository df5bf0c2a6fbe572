import { expect } from 'chai'
import type { Knex } from 'knex'
import { appendAudit, verifyChain } from '../../../server/db/audit.ts'
import { sealHeads, verifySeals } from '../../../server/db/audit-seals.ts'
import { insertApplication } from '../../support/rows.ts'
import { onBothDatabases } from '../../support/databases.ts'

const event = (chain: string) => ({ chain, type: 'x', actor: { role: 'system', id: 'server' }, at: 1 })

onBothDatabases('server/db/audit-seals', ({ kind, openMigrated }) => {
  let db: Knex
  beforeEach(async () => { db = await openMigrated() })

  it('seals the new heads once, each seal on the one before', async () => {
    const chain = await insertApplication(db)
    expect(await sealHeads(db, 1)).to.equal(null)
    await appendAudit(db, event(chain))
    await appendAudit(db, event(chain))
    await appendAudit(db, event('system'))
    const first = await sealHeads(db, 2)
    expect(first).to.include({ number: 1, at: 2, count: 3, prev_hash: '0'.repeat(64) })
    expect(await db('audit_seal_head').orderBy('seq').select('chain', 'seq')).to.deep.equal([{ chain: 'system', seq: 1 }, { chain, seq: 2 }])
    expect(await sealHeads(db, 3)).to.equal(null)
    await appendAudit(db, event(chain))
    expect(await sealHeads(db, 4)).to.include({ number: 2, count: 1, prev_hash: first!.hash })
    expect(await verifySeals(db)).to.deep.equal({ isIntact: true, seals: 2 })
  })

  it('finds a tail that was cut off together with the application\'s head', async () => {
    const chain = await insertApplication(db)
    const first = await appendAudit(db, event(chain))
    await appendAudit(db, event(chain))
    await sealHeads(db, 2)
    await db('audit_event').where({ chain, seq: 2 }).delete()
    await db('application').where({ id: chain }).update({ audit_head: `1:${first.hash}` })
    expect((await verifyChain(db, chain)).isIntact).to.equal(true)
    expect(await verifySeals(db)).to.deep.equal({ isIntact: false, seals: 1, brokenChain: chain })
  })

  it('finds a seal that was changed or taken out', async () => {
    const chain = await insertApplication(db)
    for (const at of [1, 2, 3]) {
      await appendAudit(db, event(chain))
      await sealHeads(db, at)
    }
    await db('audit_seal').where({ number: 3 }).update({ at: 9 })
    expect(await verifySeals(db)).to.deep.equal({ isIntact: false, seals: 3, brokenSeal: 3 })
    await db('audit_seal').where({ number: 3 }).update({ at: 3 })
    expect((await verifySeals(db)).isIntact).to.equal(true)
    const { id } = await db('audit_seal').where({ number: 2 }).first('id') as { id: string }
    await db('audit_seal_head').where({ seal_id: id }).delete()
    expect(await verifySeals(db)).to.deep.equal({ isIntact: false, seals: 3, brokenSeal: 2 })
    await db('audit_seal').where({ id }).delete()
    expect(await verifySeals(db)).to.deep.equal({ isIntact: false, seals: 2, brokenSeal: 3 })
  })

  it('looks at however many seals there are', async () => {
    const chain = await insertApplication(db)
    for (let at = 1; at <= 102; at++) {
      await appendAudit(db, event(chain))
      await sealHeads(db, at)
    }
    expect(await verifySeals(db)).to.deep.equal({ isIntact: true, seals: 102 })
    await db('audit_event').where({ chain, seq: 102 }).delete()
    expect(await verifySeals(db)).to.deep.equal({ isIntact: false, seals: 102, brokenChain: chain })
    await db('audit_seal').where({ number: 102 }).update({ at: 1 })
    expect(await verifySeals(db)).to.deep.equal({ isIntact: false, seals: 102, brokenSeal: 102 })
  })

  if (kind === 'postgresql') {
    it('leaves an event of an open transaction to the next seal', async () => {
      const chain = await insertApplication(db)
      await appendAudit(db, event(chain))
      await db.transaction(async trx => {
        await appendAudit(trx, event(chain))
        expect(await sealHeads(db, 1)).to.include({ count: 1 })
      })
      expect(await sealHeads(db, 2)).to.include({ count: 1 })
      expect(await verifySeals(db)).to.deep.equal({ isIntact: true, seals: 2 })
    })
  }

  it('seals on while many write and several seal', async () => {
    const chains = await Promise.all([1, 2, 3].map(() => insertApplication(db)))
    const writers = Array.from({ length: 30 }, (_, index) => appendAudit(db, event(chains[index % 3]!)))
    const sealers = [1, 2, 3].map(at => sealHeads(db, at))
    await Promise.all([...writers, ...sealers])
    await sealHeads(db, 9)
    expect(await db('audit_unsealed')).to.have.length(0)
    expect((await verifySeals(db)).isIntact).to.equal(true)
    const sealed = await db('audit_seal').sum({ n: 'count' }) as { n: number }[]
    expect(Number(sealed[0]!.n)).to.equal(30)
  })
})
