import { expect } from 'chai'
import { dumpSchema } from '../../../server/db/dump-schema.ts'
import { onBothDatabases } from '../../support/databases.ts'

onBothDatabases('server/db/dump-schema', ({ open }) => {
  it('shows columns, constraints and indexes, whatever the order in which they were made', async () => {
    const [one, two] = [await open(), await open()]
    for (const [db, names] of [[one, ['a', 'b']], [two, ['b', 'a']]] as const) {
      for (const name of names) {
        await db.schema.createTable(name, table => {
          table.text('id').notNullable().primary()
          table.integer('n').notNullable().defaultTo(7).unique()
          table.index(['n'], `${name}_odd`, { predicate: db.whereRaw('n > 1') })
        })
      }
    }
    const dump = await dumpSchema(one)
    expect(dump).to.equal(await dumpSchema(two))
    for (const part of [/create table \W?a\W/i, /\n {2}\W?n\W? integer not null default '?7/, /unique/i, /a_odd.* where/i]) {
      expect(dump).to.match(part)
    }
  })

  it('changes with any change of the schema', async () => {
    const db = await open()
    await db.schema.createTable('a', table => { table.text('x') })
    const before = await dumpSchema(db)
    await db.schema.alterTable('a', table => { table.index(['x'], 'a_x') })
    expect(await dumpSchema(db)).to.not.equal(before)
  })
})
