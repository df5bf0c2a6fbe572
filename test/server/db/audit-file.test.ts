import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { exportAudit } from '../../../server/db/audit-file.ts'
import { onBothDatabases } from '../../support/databases.ts'

onBothDatabases('server/db/audit-file', ({ kind, openMigrated }) => {
  let db: Knex
  before(async () => {
    db = await openMigrated()
    const event = { at: 1, type: 'x', actor_role: 'x', actor_id: 'x', data: '{}', prev_hash: '', hash: '' }
    const places = ['a', 'b', 'c'].flatMap(chain => Array.from({ length: 700 }, (_, index) => ({ chain, seq: index + 1 })))
    await db.batchInsert('audit_event', places.map(place => ({ ...event, ...place, id: randomUUID() })), 50)
  })

  it('gives each event once and in its order, over several pages', async () => {
    const places: string[] = []
    for await (const line of exportAudit(db)) {
      const { event } = JSON.parse(line) as { event: { chain: string; seq: number } }
      places.push(`${event.chain}${event.seq}`)
    }
    expect(places).to.deep.equal(['a', 'b', 'c'].flatMap(chain => Array.from({ length: 700 }, (_, index) => `${chain}${index + 1}`)))
  })

  if (kind === 'postgresql') {
    it('goes on in the index where the last page ended', async () => {
      const asked: { sql: string; bindings: Knex.RawBinding[] }[] = []
      const listen = (query: typeof asked[number]) => { if (query.sql.includes('audit_event')) asked.push(query) }
      db.on('query', listen)
      for await (const line of exportAudit(db)) expect(line).to.not.equal('')
      db.removeListener('query', listen)
      await db.transaction(async trx => {
        await trx.raw('set local enable_seqscan = off')
        const { sql, bindings } = asked[1]!
        const { rows } = await trx.raw(`explain ${sql.replace(/\$\d+/g, '?')}`, bindings) as { rows: Record<string, string>[] }
        expect(rows.map(row => row['QUERY PLAN']).join('\n')).to.match(/Index Cond: \(ROW\(chain, seq\) > /)
      })
    })
  }
})
