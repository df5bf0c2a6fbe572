import { expect } from 'chai'
import type { Knex } from 'knex'
import type { Actor } from '../../../../server/auth/actor.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { appendAudit } from '../../../../server/db/audit.ts'
import { sealHeads } from '../../../../server/db/audit-seals.ts'
import { verifyAudit } from '../../../../server/services/oversight/audit-log.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { insertApplication } from '../../../support/rows.ts'
import { testContext } from '../../support/case-context.ts'

const auditor: Actor = { key: 'k', account: 'auditor-gx', roles: ['auditor'], region: 'guangxi', department: null, division: null, personKey: null }
const said = (work: Promise<unknown>) => work.then(() => 'done', (error: Error) => error.name)

onBothDatabases('services/oversight/audit-log', ({ openMigrated }) => {
  let db: Knex
  let ctx: ServerContext
  let one: string
  before(async () => {
    db = await openMigrated()
    ctx = testContext(db)
    for (let count = 0; count < 5; count++) {
      one = await insertApplication(db, { number: `n${count}` })
      await appendAudit(db, { chain: one, type: 'x', actor: { role: 'system', id: 't' }, at: 1 })
    }
    await sealHeads(db, 2)
  })

  it('checks everything once at a time, and one case meanwhile', async () => {
    const first = verifyAudit(ctx, auditor)
    const second = await verifyAudit(ctx, auditor).catch((error: unknown) => error)
    expect(second).to.include({ code: 'TOO_MANY_REQUESTS', status: 429, retryAfter: 60 })
    expect((second as Error).message).to.contain('正在核验')
    expect(await verifyAudit(ctx, auditor, one)).to.deep.equal({ isIntact: true, chains: 1, events: 1, seals: null, broken: [] })
    const everything = { isIntact: true, chains: 6, events: 5, seals: { isIntact: true, seals: 1 }, broken: [] }
    expect(await first).to.deep.equal(everything)
    expect(await verifyAudit(ctx, auditor), 'another once that is over').to.deep.equal(everything)
  })

  it('stops when it is told to, among the chains or before the seals, and lets another begin', async () => {
    for (const pattern of [/audit_event/, /from .audit_seal./]) {
      const stopped = new AbortController()
      let asked = 0
      const listen = ({ sql }: { sql: string }) => {
        if (pattern.test(sql)) stopped.abort()
        if (sql.includes('audit_event')) asked++
      }
      db.on('query', listen)
      expect(await said(verifyAudit(ctx, auditor, undefined, stopped.signal))).to.equal('AbortError')
      db.removeListener('query', listen)
      expect(asked, String(pattern)).to.equal(pattern.source === 'audit_event' ? 1 : 6)
      expect(await said(verifyAudit(ctx, auditor))).to.equal('done')
    }
  })
})
