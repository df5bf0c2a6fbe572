import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { createBusinessClock } from '../../server/clock.ts'
import { connect } from '../../server/db/connect.ts'
import { migrate } from '../../server/db/migrate.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { startEngine } from '../../test/support/engine.ts'
import type { RunningEngine } from '../../test/support/engine.ts'
import { startBenchDatabase } from './database.ts'
import type { BenchDatabase } from './database.ts'

/** What most arms stand on: a PostgreSQL with the server's schema and, beside it, an engine with the models of the region. */
export interface World {
  readonly database: BenchDatabase
  /** The server's own connection. */
  readonly db: Knex
  readonly engine: RunningEngine
  /** What its servers are told: one key, so that each reads what another has sealed. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export const REGION = 'guangxi'

/** A fresh one; the caller stops it. */
export async function startWorld(): Promise<World> {
  const database = await startBenchDatabase(['server', 'engine'])
  const { postgres } = database
  const db = connect({ databaseUrl: postgres.url('server'), dataDir: '' })
  await migrate(db)
  const engine = await startEngine({ database: { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password } })
  const gateway = createEngineGateway({ ...engine, clock: createBusinessClock({}) })
  await deployRegion(gateway, `processes/${REGION}`)
  gateway.close()
  return {
    database, db, engine, env: { NODE_ENV: 'production', DATA_KEY: randomBytes(32).toString('base64') },
    async stop() {
      await engine.stop()
      await db.destroy()
      await database.stop()
    }
  }
}

/** Works in the world that was handed over, or in one of its own. */
export async function inWorld<T>({ world }: { readonly world?: World }, work: (world: World) => Promise<T>): Promise<T> {
  if (world) return work(world)
  const own = await startWorld()
  try {
    return await work(own)
  } finally {
    await own.stop()
  }
}
