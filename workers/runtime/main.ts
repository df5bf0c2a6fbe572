import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../core/config.ts'
import { createLog } from '../../core/log.ts'
import type { Log } from '../../core/log.ts'
import { createTracer } from '../../core/spans.ts'
import { pause } from './backoff.ts'
import { findTopics } from './find-topics.ts'
import { startHealth } from './health.ts'
import { createMetrics } from './metrics.ts'
import { createWorkerSet } from './worker-set.ts'
import type { WorkerSet } from './worker-set.ts'

const HEALTH_PORT_OFFSET = 2

async function main(): Promise<void> {
  const config = readConfig(process.env, readSecret, ['ENGINE_PASSWORD', 'WORKER_TOKEN_SECRET'])
  const log = createLog({ level: config.logLevel, name: 'workers', pretty: process.stdout.isTTY })
  const metrics = createMetrics(versionOf())
  const tracer = createTracer({ endpoint: config.tracesUrl, service: 'workers', log, fetch })
  const topics = await findTopics(config.regionsDir || fileURLToPath(new URL('../..', import.meta.url)))
  const set = createWorkerSet({
    engineUrl: config.engineUrl, engineUser: config.engineUser, enginePassword: config.enginePassword,
    internalUrl: config.internalUrl, tokenSecret: config.workerTokenSecret,
    departmentUrls: config.departmentUrls, topics, metrics, log, tracer
  })
  const health = await startHealth({
    host: config.internalHost, port: config.port + HEALTH_PORT_OFFSET, registry: metrics.registry, late: () => set.late()
  })
  stopOn(['SIGTERM', 'SIGINT'], log, async () => {
    await set.drain()
    await tracer.stop()
    await health.stop()
  })
  set.start()
  log.info({ topics: topics.length, clients: set.workers.length, port: health.port }, 'workers are polling')
  await ready(set)
  process.send?.({ type: 'ready' })
  log.info('every client has polled')
}

/** Waits for the first answered poll of each client. */
async function ready(set: WorkerSet): Promise<void> {
  while (set.late().length > 0) await pause(50)
}

/** Drains once, whatever asks for it and however often; the parent's death asks too. */
function stopOn(signals: readonly NodeJS.Signals[], log: Log, drain: () => Promise<void>): void {
  let isStopping = false
  const stop = (reason: string): void => {
    if (isStopping) return
    isStopping = true
    log.info({ reason }, 'draining')
    drain().then(() => process.exit(0), error => {
      log.error({ err: error as Error }, 'the drain failed')
      process.exit(1)
    })
  }
  for (const signal of signals) process.on(signal, () => stop(signal))
  process.on('disconnect', () => stop('disconnect'))
}

/** The version of the project that this process was started from. */
function versionOf(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version
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
