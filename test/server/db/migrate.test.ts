import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { connect } from '../../../server/db/connect.ts'
import { dumpSchema } from '../../../server/db/dump-schema.ts'
import { migrate, rollback } from '../../../server/db/migrate.ts'
import { onBothDatabases } from '../../support/databases.ts'

const files = readdirSync('migrations').filter(name => name.endsWith('.ts'))

onBothDatabases('server/db/migrate', ({ kind, open }) => {
  it('applies every migration once, in order, and none again', async () => {
    const db = await open()
    expect(await migrate(db)).to.deep.equal(files.map(name => name.replace('.ts', '')).sort())
    expect(await migrate(db)).to.deep.equal([])
  })

  it('lets several processes begin at once on an empty database', async () => {
    const db = await open()
    const { connection } = db.client.config as { connection: { connectionString?: string } | string }
    const databaseUrl = typeof connection === 'string' ? connection : connection.connectionString
    // The file of SQLite has one process.
    const others = kind === 'postgresql' ? [1, 2, 3].map(() => connect({ databaseUrl: databaseUrl!, dataDir: '', pool: 4 })) : []
    const applied = await Promise.all([db, ...others].map(one => migrate(one)))
    expect(applied.map(names => names.length).sort()).to.deep.equal([...others.map(() => 0), files.length].sort())
    await Promise.all(others.map(other => other.destroy()))
  })

  it('makes exactly the schema that is under version control', async () => {
    const db = await open()
    await migrate(db)
    expect(await dumpSchema(db)).to.equal(readFileSync(`server/db/schema.${kind}.sql`, 'utf8'))
  })

  it('takes everything back and builds the same again', async () => {
    const db = await open()
    await migrate(db)
    const before = await dumpSchema(db)
    expect(await rollback(db)).to.have.length(files.length)
    expect(await dumpSchema(db)).to.equal('')
    await migrate(db)
    expect(await dumpSchema(db)).to.equal(before)
  })
  if (kind === 'postgresql') {
    it('takes longer than a request may, on the one connection of a small pool, and lets the second process wait', async () => {
      const { connectionString } = (await open()).client.config.connection as { connectionString: string }
      const limits = { statement: 100, answer: 200, connection: 10_000 }
      const hurried = [1, 2].map(() => connect({ databaseUrl: connectionString, dataDir: '', pool: 1, limits }))
      const slow: Knex.MigrationSource<string> = {
        getMigrations: () => Promise.resolve(['slow']),
        getMigrationName: name => name,
        getMigration: () => Promise.resolve({ up: knex => knex.raw('select pg_sleep(0.5)'), down: () => Promise.resolve() })
      }
      const applied = await Promise.all(hurried.map(db => migrate(db, slow)))
      expect(applied.flat()).to.deep.equal(['slow'])
      await Promise.all(hurried.map(db => db.destroy()))
    })
  }
})
