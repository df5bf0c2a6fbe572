import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../server/db/connect.ts'
import { dumpSchema } from '../server/db/dump-schema.ts'
import { migrate } from '../server/db/migrate.ts'
import { startPostgres } from '../test/support/postgres.ts'

/** `npm run schema`: renews `server/db/schema.*.sql` from the migrations, on an empty database of each kind. */
const dataDir = mkdtempSync(join(tmpdir(), 'schema-'))
const postgres = await startPostgres()
try {
  for (const [name, databaseUrl] of [['sqlite', ''], ['postgresql', await postgres.createDatabase('schema')]] as const) {
    const db = connect({ databaseUrl, dataDir })
    await migrate(db)
    writeFileSync(`server/db/schema.${name}.sql`, await dumpSchema(db))
    await db.destroy()
  }
} finally {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
