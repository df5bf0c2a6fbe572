import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readConfig } from '../core/config.ts'
import { exportAudit } from '../server/db/audit-file.ts'
import { isPostgres } from '../server/db/connect.ts'
import { readSecret } from './system/secrets.ts'
import { withDatabase } from './system/with-database.ts'

/** `npm run audit:export -- FILE`: the whole audit trail as text, to be verified anywhere by `npm run audit:verify -- FILE`. */
const [file] = process.argv.slice(2)
if (!file) {
  console.error('用法：npm run audit:export -- 文件')
  process.exit(2)
}
// One picture of the trail, though it grows meanwhile.
await withDatabase(readConfig(process.env, readSecret, []), db => db.transaction(
  trx => pipeline(Readable.from(exportAudit(trx)), createWriteStream(file, { mode: 0o600 })),
  isPostgres(db) ? { isolationLevel: 'repeatable read' } : {}))
