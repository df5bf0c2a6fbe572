import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Express } from 'express'
import { calendarYears } from '../core/calendar/index.ts'
import { readConfig } from '../core/config.ts'
import type { Config } from '../core/config.ts'
import { createLog } from '../core/log.ts'
import type { Log } from '../core/log.ts'
import { createTracer } from '../core/spans.ts'
import { createLiveCalendar } from '../core/working-days.ts'
import { createApp } from './app.ts'
import { createBusinessClock } from './clock.ts'
import type { ServerContext } from './context.ts'
import { createCryptoProvider } from './crypto/crypto-provider.ts'
import { readCalendarYears, seedCalendar } from './db/calendar.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import { startBackground } from './engine/background.ts'
import { createDecisionService } from './engine/decisions.ts'
import { createEngineGateway } from './engine/gateway.ts'
import { createInternalApp } from './internal/app.ts'
import { createRegionCatalogue } from './regions/catalogue.ts'
import { restoreBusinessTime } from './services/business-time.ts'
import { createDataSharing } from './sharing/data-sharing.ts'
import { taskStreamsOf } from './services/tasks/task-stream.ts'

const SECRETS = [
  'ENGINE_PASSWORD', 'OIDC_CLIENT_SECRET', 'WORKER_TOKEN_SECRET', 'DATA_KEY', 'HASH_KEY', 'SESSION_SECRET', 'DEPARTMENT_CALLBACK_SECRET'
] as const
const INTERNAL_PORT_OFFSET = 1
/** Requests get this long to end after the server was told to stop. */
const DRAIN = 4_000

async function main(): Promise<void> {
  const config = readConfig(process.env, readSecret, SECRETS)
  const log = createLog({ level: config.logLevel, name: 'server', pretty: process.stdout.isTTY })
  const ctx = await createContext(config, log)
  await restoreBusinessTime(ctx)
  const servers = [
    await listen(createApp(ctx), config.port, config.host),
    await listen(createInternalApp(ctx), config.port + INTERNAL_PORT_OFFSET, config.internalHost)
  ]
  const background = startBackground(ctx)
  stopOnce(log, async () => {
    taskStreamsOf(ctx).close()
    await Promise.all(servers.map(close))
    await background.stop()
    await ctx.tracer.stop()
    ctx.engine.close()
    await ctx.db.destroy()
  })
  log.info({ url: config.publicUrl, port: config.port }, 'the server is listening')
  process.send?.({ type: 'ready' })
}

/** Opens the database, brings it up to date and puts together what every service is handed. */
async function createContext(config: Config, log: Log): Promise<ServerContext> {
  const db = connect({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, pool: config.databasePool })
  const applied = await migrate(db)
  if (applied.length > 0) log.info({ applied }, 'the database was brought up to date')
  const clock = createBusinessClock({ now: config.now })
  await seedCalendar(db, calendarYears, clock.now())
  const engine = createEngineGateway({
    url: config.engineUrl, user: config.engineUser, password: config.enginePassword, clock, log
  })
  return {
    config,
    db,
    log,
    clock,
    engine,
    calendar: createLiveCalendar(await readCalendarYears(db)),
    crypto: createCryptoProvider({ dataKey: config.dataKey, hashKey: config.hashKey, cipher: config.cipher }),
    regions: createRegionCatalogue(config.regionsDir || undefined),
    decisions: createDecisionService(engine),
    dataSharing: createDataSharing({ url: config.departmentUrls['data-sharing'], log }),
    tracer: createTracer({ endpoint: config.tracesUrl, service: 'server', log, fetch })
  }
}

function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => error ? reject(error) : resolve(server))
  })
}

/** Takes nothing new, ends event streams and idle connections, and lets the rest finish for a while. */
function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    const impatience = setTimeout(() => server.closeAllConnections(), DRAIN)
    server.close(() => {
      clearTimeout(impatience)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** Stops once, on a signal or when the parent is gone; a second signal changes nothing. */
function stopOnce(log: Log, stop: () => Promise<void>): void {
  let isStopping = false
  const end = (reason: string): void => {
    if (isStopping) return
    isStopping = true
    log.info({ reason }, 'the server is stopping')
    stop().then(() => process.exit(0), (error: unknown) => {
      log.error({ err: error }, 'stopping failed')
      process.exit(1)
    })
  }
  for (const reason of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(reason, () => end(reason))
}

function readSecret(name: string, dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'secrets', name), 'utf8')
  } catch {
    return undefined
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
