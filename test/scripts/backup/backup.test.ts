import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { readConfig } from '../../../core/config.ts'
import type { Config } from '../../../core/config.ts'
import { restoreBackup } from '../../../scripts/backup/restore-backup.ts'
import { checkHoldsEngine, nameOfBackup, takeBackup } from '../../../scripts/backup/take-backup.ts'
import { storeFile } from '../../../server/documents/uploads.ts'
import { appendAudit } from '../../../server/db/audit.ts'
import { connect } from '../../../server/db/connect.ts'
import { addToOutbox, markOutboxDone } from '../../../server/db/outbox.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { insertApplication } from '../../support/rows.ts'

const KEY = Buffer.alloc(32, 5).toString('base64')
const NOW = new Date('2026-03-24T01:00:00Z')
const plain = { encrypt: (_table: string, _column: string, _row: string, text: string) => text, decrypt: () => '' }
const isThere = (command: string) => spawnSync(command, ['--version']).status === 0
const said = (work: Promise<unknown>) => work.then(() => 'done', (error: Error) => error.message)

onBothDatabases('scripts/backup', ({ kind, openMigrated, open }) => {
  const isPostgres = kind === 'postgresql'
  const folder = mkdtempSync(join(tmpdir(), 'backup-'))
  const file = join(folder, 'one.backup')
  let source: Config
  let db: Knex
  let one: string

  const urlOf = (knex: Knex) => isPostgres ? (knex.client.config.connection as { connectionString: string }).connectionString : ''
  const configOf = (dataDir: string, databaseUrl: string, more: Record<string, string> = {}) =>
    readConfig({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl, BACKUP_KEY: KEY, ...more }, undefined, ['BACKUP_KEY'])
  /** Another machine: an empty database and no data. */
  const elsewhere = async (more: Record<string, string> = {}) => {
    const fresh = isPostgres ? await open() : undefined
    await fresh?.destroy()
    return configOf(mkdtempSync(join(folder, 'data-')), fresh ? urlOf(fresh) : '', more)
  }
  const rowsOf = async (config: Config, table: string) => {
    const own = connect({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, pool: 1 })
    try {
      return await own(table).select()
    } finally {
      await own.destroy()
    }
  }

  if (isPostgres && !isThere('pg_dump')) {
    it('names the command that this machine lacks', async () => {
      expect(await said(takeBackup(configOf(folder, 'postgres://nobody@127.0.0.1:1/none'), file, NOW))).to.contain('没有找到 pg_dump')
    })
    return
  }

  before(async () => {
    const first = await openMigrated()
    const dataDir = mkdtempSync(join(folder, 'data-'))
    source = configOf(dataDir, urlOf(first))
    // SQLite's file belongs to the data folder of the installation.
    if (!isPostgres) await first.raw('vacuum into ?', [join(dataDir, 'server.sqlite')])
    db = connect({ databaseUrl: source.databaseUrl, dataDir, pool: 2 })
    one = await insertApplication(db, { number: 'n1' })
    await insertApplication(db, { number: 'n2' })
    for (let at = 1; at <= 3; at++) {
      for (const chain of [one, 'system']) await appendAudit(db, { chain, type: 'test', actor: { role: 'system', id: 't' }, data: { at }, at })
    }
    for (const text of ['身份证', '照片']) {
      const stored = await storeFile(plain, dataDir, 'x', Buffer.from(text))
      await db('material').insert({
        id: randomUUID(), application_id: one, code: 'id-card', file_name_enc: '', sha256: '', size: 1, media_type: 'image/png',
        stored_name: stored, uploaded_by: 'someone', created_at: 1
      })
    }
    mkdirSync(join(dataDir, 'uploads', 'incoming'))
    mkdirSync(join(dataDir, 'secrets'))
    for (const left of ['uploads/incoming/half', 'secrets/data-key']) writeFileSync(join(dataDir, left), KEY)
    // While the installation is in use.
    expect(await takeBackup(source, file, NOW)).to.include({ database: kind, files: 2, engine: 'none' })
  })
  after(async () => {
    await db?.destroy()
    rmSync(folder, { recursive: true, force: true })
  })

  it('brings everything back on another machine, for its owner alone, without what was half there and without secrets', async () => {
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    const target = await elsewhere()
    const restored = await restoreBackup(target, file, false)
    expect(restored).to.deep.include({ cases: 2, chains: 2, broken: [], files: 2, missing: [] })
    for (const table of ['application', 'audit_event', 'material']) {
      expect(await rowsOf(target, table), table).to.have.deep.members(await db(table).select())
    }
    const material = await db('material').first('stored_name') as { stored_name: string }
    const path = join('uploads', material.stored_name.slice(0, 2), material.stored_name)
    expect(readFileSync(join(target.dataDir, path), 'utf8')).to.equal(readFileSync(join(source.dataDir, path), 'utf8'))
    const left = readdirSync(target.dataDir).filter(name => !name.startsWith('server.sqlite'))
    expect(left).to.deep.equal(['uploads'])
    expect(existsSync(join(target.dataDir, 'uploads', 'incoming'))).to.equal(false)
    expect(readdirSync(source.dataDir).filter(name => name.startsWith('backup-'))).to.deep.equal([])
  })

  it('lacks the engine of an installation in earnest only when told to', () => {
    const check = () => checkHoldsEngine(source)
    if (isPostgres) expect(check).to.throw('--without-engine')
    else expect(check).to.not.throw()
    for (const database of ['engine', 'server']) {
      expect(() => checkHoldsEngine(configOf(folder, source.databaseUrl, { ENGINE_DB_URL: `jdbc:postgresql://127.0.0.1:5432/${database}` }))).to.not.throw()
    }
  })

  it('refuses a wrong key, a changed byte and a cut file before it touches what is there', async () => {
    const target = await elsewhere()
    await restoreBackup(target, file, false)
    const before = await rowsOf(target, 'audit_event')
    const whole = readFileSync(file)
    const changed = Buffer.from(whole)
    changed[whole.length >> 1]! ^= 1
    const bad = join(folder, 'bad.backup')
    for (const bytes of [changed, whole.subarray(0, whole.length - 100), whole.subarray(0, 300)]) {
      writeFileSync(bad, bytes)
      expect(await said(restoreBackup(target, bad, true))).to.contain('无法打开备份')
    }
    const stranger = configOf(target.dataDir, target.databaseUrl, { BACKUP_KEY: Buffer.alloc(32, 6).toString('base64') })
    expect(await said(restoreBackup(stranger, file, true))).to.contain('密钥不对')
    expect(await rowsOf(target, 'audit_event')).to.deep.equal(before)
    expect(readdirSync(target.dataDir).filter(name => name.startsWith('restore-'))).to.deep.equal([])
  })

  it('takes the place of other data only when told to, and never while it is in use', async () => {
    const target = await elsewhere()
    await restoreBackup(target, file, false)
    const own = connect({ databaseUrl: target.databaseUrl, dataDir: target.dataDir, pool: 1 })
    await insertApplication(own, { number: 'n3' })
    expect(await said(restoreBackup(target, file, true))).to.contain('请先停止系统')
    await own.destroy()
    expect(await said(restoreBackup(target, file, false))).to.contain('数据库、材料文件目录不是空的')
    expect(await rowsOf(target, 'application')).to.have.length(3)
    expect(await restoreBackup(target, file, true)).to.include({ cases: 2, files: 2 })
    expect(await rowsOf(target, 'application')).to.have.length(2)
    expect(readdirSync(target.dataDir).filter(name => name.includes('before-restore'))).to.deep.equal([])
  })

  it('tells of a chain and of a file that did not fit when the backup was taken', async () => {
    const target = await elsewhere()
    await restoreBackup(target, file, false)
    const own = connect({ databaseUrl: target.databaseUrl, dataDir: target.dataDir, pool: 1 })
    await own('audit_event').where({ chain: one, seq: 3 }).delete()
    const emptied = await insertApplication(own, { audit_head: `1:${'a'.repeat(64)}` })
    const orphan = { id: 'orphan', seq: 1, at: 1, type: 'x', actor_role: 'x', actor_id: 'x', data: '{}', prev_hash: '', hash: '' }
    await own('audit_event').insert({ ...orphan, chain: 'nobody' })
    await own.destroy()
    const { stored_name: gone } = await db('material').first('stored_name') as { stored_name: string }
    rmSync(join(target.dataDir, 'uploads', gone.slice(0, 2), gone))
    const second = join(folder, `second-${kind}.backup`)
    await takeBackup(target, second, NOW)
    const { broken, ...rest } = await restoreBackup(await elsewhere(), second, false)
    expect(broken).to.have.members([one, 'nobody', emptied])
    expect(rest).to.deep.include({ chains: 4, missing: [gone], files: 1 })
  })

  if (isPostgres) {
    it('is refused by the command while nobody says where the database of the engine is', () => {
      const made = join(folder, 'lacking.backup')
      const env = { PATH: process.env.PATH, DATA_DIR: source.dataDir, DATABASE_URL: source.databaseUrl, BACKUP_KEY: KEY }
      const run = (...more: string[]) => spawnSync(process.execPath, ['--import', 'tsx', 'scripts/backup.ts', made, ...more], { env, encoding: 'utf8' })
      const { status, stderr } = run()
      expect([status, existsSync(made)]).to.deep.equal([1, false])
      expect(stderr).to.contain('ENGINE_DB_URL').and.not.contain('at ')
      expect([run('--without-engine').status, existsSync(made)]).to.deep.equal([0, true])
    })

    it('puts back what was there when the last step fails', async () => {
      const target = await elsewhere()
      await restoreBackup(target, file, false)
      const path = process.env.PATH
      process.env.PATH = ''
      try {
        expect(await said(restoreBackup(target, file, true))).to.contain('没有找到 pg_restore')
      } finally {
        process.env.PATH = path
      }
      expect(await rowsOf(target, 'application')).to.have.length(2)
      expect(await restoreBackup(target, file, true), 'nothing is left over').to.include({ cases: 2, files: 2 })
    })

    describe('with a database of the engine', () => {
      const engine = async () => {
        const own = await open()
        return { own, env: { ENGINE_DB_URL: `jdbc:postgresql:${urlOf(own).replace(/^.*@/, '//')}?ApplicationName=x`, ENGINE_DB_USER: 'postgres' } }
      }
      const withPassword = (dataDir: string, url: string, env: Record<string, string>) => readConfig(
        { DATA_DIR: dataDir, DATABASE_URL: url, BACKUP_KEY: KEY, ENGINE_DB_PASSWORD: 'postgres', ...env }, undefined, ['BACKUP_KEY', 'ENGINE_DB_PASSWORD'])
      let given: Awaited<ReturnType<typeof engine>>
      const takeBoth = async (name: string) => {
        const both = join(folder, name)
        expect(await takeBackup(withPassword(source.dataDir, source.databaseUrl, given.env), both, NOW)).to.include({ engine: 'own' })
        return both
      }
      /** Another machine with an empty database for the engine, too. */
      const withEngine = async () => {
        const target = await elsewhere()
        const fresh = await engine()
        await fresh.own.destroy()
        return { config: withPassword(target.dataDir, target.databaseUrl, fresh.env), ofEngine: { ...target, databaseUrl: urlOf(fresh.own) } }
      }
      before(async () => {
        given = await engine()
        await given.own.schema.createTable('act_ru_task', table => { table.text('id_') })
        await given.own('act_ru_task').insert({ id_: 'task-1' })
      })

      it('holds that, too', async () => {
        const both = await takeBoth('both.backup')
        expect(await said(restoreBackup(await elsewhere(), both, false))).to.contain('请设置 ENGINE_DB_URL')
        const { config, ofEngine } = await withEngine()
        expect(await restoreBackup(config, both, false)).to.include({ cases: 2 })
        expect(await rowsOf(ofEngine, 'act_ru_task')).to.deep.equal([{ id_: 'task-1' }])
      })

      it('tells the engine again before it gives up what was there, however long that takes', async () => {
        const told = await addToOutbox(db, { kind: 'start-process', aggregateId: one, payload: {} }, NOW.getTime())
        await markOutboxDone(db, told, NOW.getTime())
        // A table of a province would run into the limit of a request; this one says whether there is a limit.
        await db.raw(`create function watched() returns trigger language plpgsql as $$ begin
          if current_setting('statement_timeout') <> '0' then raise 'there is a limit'; end if; return new; end $$`)
        await db.raw('create trigger watched before update on outbox for each row execute function watched()')
        const { config } = await withEngine()
        expect(await restoreBackup(config, await takeBoth('watched.backup'), false)).to.include({ cases: 2 })
        expect((await rowsOf(config, 'outbox')).map(({ id, done_at }) => [id, done_at])).to.deep.equal([[told, null]])

        await db.raw("create or replace function watched() returns trigger language plpgsql as $$ begin raise 'power cut'; end $$")
        await insertApplication(db, { number: 'n3' })
        const later = await takeBoth('later.backup')
        expect(await said(restoreBackup(config, later, true))).to.contain('power cut')
        expect(await rowsOf(config, 'application'), 'what was there').to.have.length(2)
      })
    })
  } else {
    it('is used by two commands that read the key from environment or file', async () => {
      const target = await elsewhere()
      const run = (script: string, dataDir: string, ...args: string[]) => {
        const env = { PATH: process.env.PATH, DATA_DIR: dataDir }
        const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args], { env, encoding: 'utf8' })
        return [status, stdout + stderr] as const
      }
      const made = join(folder, 'made.backup')
      const [refused, why] = run('backup', source.dataDir, made)
      expect([refused, existsSync(made)]).to.deep.equal([1, false])
      expect(why).to.contain('BACKUP_KEY：未设置').and.not.contain('at ')
      for (const { dataDir } of [source, target]) {
        mkdirSync(join(dataDir, 'secrets'), { recursive: true })
        writeFileSync(join(dataDir, 'secrets', 'backup-key'), KEY)
      }
      const [code, told] = run('backup', source.dataDir, made)
      expect([code, told.split('\n')[0]]).to.deep.equal([0, `已备份到 ${made}：2 个材料文件，不含流程引擎的数据库（ENGINE_DB_URL 不是 PostgreSQL），需另行备份。`])
      const shelf = mkdtempSync(join(folder, 'shelf-'))
      expect(run('backup', source.dataDir, shelf)[0]).to.equal(0)
      expect(readdirSync(shelf)).to.have.length(1)
      expect(readdirSync(shelf)[0]).to.match(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.backup$/)
      expect(nameOfBackup(NOW)).to.equal('2026-03-24T01-00-00Z.backup')
      const [status, text] = run('restore', target.dataDir, made)
      expect([status, text.replace(/^已恢复 \S+ /, '')]).to.deep.equal(
        [0, '的备份：2 件办件，2 条审计链，2 个材料文件。\n全部审计链相符，材料文件齐全。\n'])
    })
  }
})
