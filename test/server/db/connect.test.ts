import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { connect, isPostgres } from '../../../server/db/connect.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { startPostgres } from '../../support/postgres.ts'
import { insertApplication } from '../../support/rows.ts'

onBothDatabases('server/db/connect', ({ kind, open, openMigrated }) => {
  it('knows which database it is', async () => {
    expect(isPostgres(await open())).to.equal(kind === 'postgresql')
  })

  it('gives instants, counts and booleans back as the same types', async () => {
    const db = await openMigrated()
    const id = await insertApplication(db, { submitted_at: 1_795_392_000_123, status_draft: false })
    const row = await db('application').where({ id }).first() as Record<string, unknown>
    expect(row).to.include({ submitted_at: 1_795_392_000_123, status_draft: false, accepted_at: null, version: 1, matters: '[]' })
    expect((await db('application').count({ n: '*' }))[0]).to.deep.equal({ n: 1 })
    expect(await db('application').where({ status_draft: false })).to.have.length(1)
    expect(await db('application').where({ status_draft: true })).to.have.length(0)
  })

  it('keeps foreign keys', async () => {
    const db = await openMigrated()
    const orphan = { id: 'm', application_id: 'nobody', code: 'c', file_name_enc: '', sha256: '', size: 1, media_type: '', stored_name: '', uploaded_by: '', created_at: 1 }
    const error = await db('material').insert(orphan).then(() => undefined, (failure: Error) => failure)
    expect(String(error)).to.match(/foreign key/i)
  })

  it('takes a failed transaction back whole', async () => {
    const db = await openMigrated()
    const failure = await db.transaction(async trx => {
      await insertApplication(trx)
      throw new Error('no')
    }).catch((error: Error) => error.message)
    expect(failure).to.equal('no')
    expect(await db('application')).to.have.length(0)
  })

  if (kind === 'sqlite') {
    it('is durable and queues its writers', async () => {
      const db = await open()
      const pragma = async (name: string) => Object.values((await db.raw(`PRAGMA ${name}`) as Record<string, unknown>[])[0]!)[0]
      expect(await pragma('journal_mode')).to.equal('wal')
      expect(await pragma('synchronous')).to.equal(2)
      expect(await pragma('busy_timeout')).to.equal(5000)
      expect(await pragma('foreign_keys')).to.equal(1)
      const { filename } = db.client.config.connection as { filename: string }
      expect(existsSync(filename)).to.equal(true)
    })
  } else {
    it('ends statements and idle transactions that take too long', async () => {
      const db = await open()
      const setting = async (name: string) => ((await db.raw(`show ${name}`)) as { rows: Record<string, string>[] }).rows[0]![name]
      expect(await setting('statement_timeout')).to.equal('15s')
      expect(await setting('idle_in_transaction_session_timeout')).to.equal('15s')
    })
  }
})

describe('server/db/connect after a power cut', () => {
  it('finds every acknowledged row again and makes new connections by itself', async () => {
    const postgres = await startPostgres()
    const db = connect({ databaseUrl: await postgres.createDatabase('server'), dataDir: '', pool: 4 })
    try {
      await db.schema.createTable('kept', table => { table.integer('n') })
      await Promise.all([1, 2, 3, 4].map(n => db('kept').insert({ n })))
      const { pid } = postgres
      await postgres.kill9()
      expect(await db('kept').then(() => 'answered', () => 'failed')).to.equal('failed')
      await postgres.restart()
      expect(postgres.pid).to.not.equal(pid)
      expect(await db('kept').orderBy('n').pluck('n')).to.deep.equal([1, 2, 3, 4])
    } finally {
      await db.destroy()
      await postgres.stop()
    }
  })
})
