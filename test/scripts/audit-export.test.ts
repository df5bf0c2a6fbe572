import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { appendAudit } from '../../server/db/audit.ts'
import { onBothDatabases } from '../support/databases.ts'

onBothDatabases('scripts/audit-export and scripts/migrate', ({ kind, open }) => {
  if (kind !== 'postgresql') return
  const folder = mkdtempSync(join(tmpdir(), 'audit-export-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  const urlOf = (knex: Knex) => (knex.client.config.connection as { connectionString: string }).connectionString
  const run = (script: string, ...args: string[]) => promisify(execFile)(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args],
    { env: { PATH: process.env.PATH, DATA_DIR: folder } })

  it('find the database that only a file of secrets names, as in a container, and make no other', async () => {
    const db = await open()
    mkdirSync(join(folder, 'secrets'))
    writeFileSync(join(folder, 'secrets', 'database-url'), urlOf(db))
    await run('migrate')
    await appendAudit(db, { chain: 'system', type: 'test', actor: { role: 'system', id: 't' }, at: 1 })
    await run('audit-export', join(folder, 'trail'))
    expect(readFileSync(join(folder, 'trail'), 'utf8')).to.match(/^\{"event":\{"id":"[^"]+","chain":"system","seq":1,[^\n]+\n$/)
    expect(existsSync(join(folder, 'server.sqlite'))).to.equal(false)
  })
})
