import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Express } from 'express'
import type { Knex } from 'knex'
import { startCallbackSender } from './callback-sender.ts'
import { createFaults } from './faults.ts'
import type { Faults } from './faults.ts'
import { closeServer, listenOn, urlOf } from './http-server.ts'
import { openLedgerDatabase } from './ledger-database.ts'
import { createRequestApp } from './request-app.ts'
import type { DepartmentOptions, Kind, RunningDepartment } from './types.ts'

export interface Department {
  readonly name: string
  /** Letters of the receipt numbers. */
  readonly prefix: string
  /** URL of the folder that holds openapi.yaml. */
  readonly folder: string
  readonly kinds: Readonly<Record<string, Kind>>
  /** CREATE TABLE IF NOT EXISTS … of its own. */
  readonly tables?: readonly string[]
  readonly extend?: (app: Express, db: Knex, faults: Faults) => void
}

/** Opens the ledger, takes up the call-backs left over, and listens. */
export async function runDepartment(department: Department, options: DepartmentOptions): Promise<RunningDepartment> {
  const log = options.log.child({ department: department.name })
  const db = await openLedgerDatabase(join(options.dataDir, `${department.name}.sqlite`), department.tables)
  const sender = startCallbackSender({
    db, log, url: options.callbackUrl, secret: options.callbackSecret, retryMs: options.callbackRetryMs ?? 1000
  })
  const faults = createFaults()
  const app = createRequestApp({
    ...department, dialects: options.dialects, db, faults, dayMs: options.dayMs, log, tracer: options.tracer,
    onPlanned: () => sender.wake()
  })
  const server = createServer(app)
  await listenOn(server, options.port, options.host)
  return {
    url: urlOf(server, options.host),
    async stop() {
      await closeServer(server)
      await sender.stop()
      await db.destroy()
    }
  }
}
