import { readConfig } from '../core/config.ts'
import { connect } from '../server/db/connect.ts'
import { migrate } from '../server/db/migrate.ts'
import { readSecret } from './system/secrets.ts'

/** Brings the database that DATABASE_URL (or DATA_DIR) names up to date; the server does the same when it starts. */
const config = readConfig(process.env, readSecret, [])
const db = connect(config)
try {
  await migrate(db)
  console.log('the database is up to date')
} finally {
  await db.destroy()
}
