import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cluster } from './system/cluster.ts'
import { startCluster } from './system/cluster.ts'
import type { RunningPostgres } from '../test/support/postgres.ts'
import { startPostgres } from '../test/support/postgres.ts'

const SIZE = { engines: 2, servers: 2, workers: 4 }
let cluster: Cluster | undefined
let postgres: RunningPostgres | undefined
let isEnding = false

const say = (text: string): void => console.log(`[${new Date().toTimeString().slice(0, 8)}] ${text}`)

async function end(code: number): Promise<void> {
  if (isEnding) return
  isEnding = true
  await cluster?.stop()
  await postgres?.stop()
  process.exit(code)
}

/**
 * `npm run start:cluster`: two engine nodes, two servers behind a balancer and four processes of workers on one machine. On
 * the PostgreSQL that DATABASE_URL and ENGINE_DB_URL name; without them on one of its own, whose data is gone at the end.
 */
async function main(): Promise<void> {
  process.on('SIGINT', () => void end(0))
  process.on('SIGTERM', () => void end(0))
  const port = Number(process.env.PORT ?? 3000)
  const dataDir = process.env.DATA_DIR ?? 'var/cluster'
  mkdirSync(dataDir, { recursive: true })
  const databases = await databasesOf()
  cluster = await startCluster({
    port, dataDir, engine: process.env.ENGINE === 'camunda' ? 'camunda' : 'operaton', root: dirname(dirname(fileURLToPath(import.meta.url))),
    env: {
      NODE_ENV: 'development', PUBLIC_URL: `http://localhost:${port}`, DATABASE_URL: databases.server,
      OTEL_EXPORTER_OTLP_ENDPOINT: process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? ''
    },
    engineDatabase: databases.engine
  }, SIZE, { say, onGivingUp: message => { console.error(message); void end(1) } })
  say(`ready: ${cluster.baseUrl} (${Object.keys(cluster.children).join(', ')}); Ctrl-C stops all`)
}

async function databasesOf() {
  const { DATABASE_URL: server, ENGINE_DB_URL: url, ENGINE_DB_USER: user = '', ENGINE_DB_PASSWORD: password = '' } = process.env
  if (server && url) return { server, engine: { url, user, password } }
  postgres = await startPostgres()
  for (const name of ['server', 'engine']) await postgres.createDatabase(name)
  return { server: postgres.url('server'), engine: { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password } }
}

main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  await end(1)
})
