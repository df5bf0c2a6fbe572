import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { UNHURRIED, connect, isPostgres } from '../../../server/db/connect.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { startPostgres } from '../../support/postgres.ts'
import type { RunningPostgres } from '../../support/postgres.ts'
import { insertApplication } from '../../support/rows.ts'
import { createTcpProxy } from '../../support/tcp-proxy.ts'
import type { TcpProxy } from '../../support/tcp-proxy.ts'

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

describe('server/db/connect to a host that vanishes', () => {
  const LIMITS = { statement: 300, answer: 400, connection: 300 }
  let postgres: RunningPostgres
  let line: TcpProxy
  before(async () => {
    postgres = await startPostgres()
    line = await createTcpProxy(postgres.port)
  })
  after(async () => {
    await line?.stop()
    await postgres?.stop()
  })
  const open = (pool: number, limits = LIMITS) =>
    connect({ databaseUrl: postgres.url('postgres').replace(`:${postgres.port}/`, `:${line.port}/`), dataDir: '', pool, limits })
  const failure = (work: Promise<unknown>) => work.then(() => 'answered', (error: Error) => error.message)

  for (const pool of [1, 2]) {
    it(`gives up within its limit and works again when the line is whole, with a pool of ${pool}`, async () => {
      const db = open(pool)
      try {
        await Promise.all(Array.from({ length: pool }, () => db.raw('select 1')))
        line.setMode('blackhole')
        const startedAt = Date.now()
        expect(await failure(db.raw('select 2'))).to.match(/read timeout/)
        expect(await failure(db.transaction(trx => trx.raw('select 3')))).to.match(/read timeout|timeout expired/)
        expect(Date.now() - startedAt).to.be.below(3000)
        line.setMode('pass')
        // With two connections one may have stood in the hole without being asked; whoever asks it first is its last.
        for (let left = pool; left > 1; left--) await failure(db.raw('select 4'))
        expect(await failure(db.raw('select 5'))).to.equal('answered')
      } finally {
        line.setMode('reset')
        line.setMode('pass')
        await db.destroy()
      }
    })
  }

  it('lets nobody wait behind a question that was given up, the end of its transaction neither', async () => {
    const db = open(1, { ...LIMITS, statement: 5000 })
    try {
      const began = Date.now()
      let next: Promise<string> | undefined
      const slow = failure(db.transaction(trx => {
        next = failure(db.raw('select 1'))
        return trx.raw('select pg_sleep(3)')
      }))
      expect(await slow).to.match(/read timeout|was closed/)
      expect(await next).to.equal('answered')
      expect(Date.now() - began).to.be.below(2000)
    } finally {
      await db.destroy()
    }
  })

  it('has no limit for what may take long, whatever the database is set to', async () => {
    const databaseUrl = await postgres.createDatabase('hurried')
    const setting = connect({ databaseUrl, dataDir: '', pool: 1 })
    await setting.raw('alter database hurried set statement_timeout = 100')
    await setting.destroy()
    const db = connect({ databaseUrl, dataDir: '', pool: 1, limits: UNHURRIED })
    try {
      await db.raw('select pg_sleep(0.3)')
      const { rows } = await db.raw('show idle_in_transaction_session_timeout') as { rows: unknown[] }
      expect(rows).to.deep.equal([{ idle_in_transaction_session_timeout: '0' }])
    } finally {
      await db.destroy()
    }
  })
})
