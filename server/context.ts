import type { Knex } from 'knex'
import type { Config } from '../core/config.ts'
import type { Log } from '../core/log.ts'
import type { Tracer } from '../core/spans.ts'
import type { LiveCalendar } from '../core/working-days.ts'
import type { BusinessClock } from './clock.ts'
import type { CryptoProvider } from './crypto/crypto-provider.ts'
import type { DecisionService } from './engine/decisions.ts'
import type { EngineGateway } from './engine/gateway.ts'
import type { RegionCatalogue } from './regions/catalogue.ts'
import type { DataSharing } from './sharing/data-sharing.ts'

/** What every service and route is handed; made once by `main.ts`, or by a test. */
export interface ServerContext {
  readonly config: Config
  readonly db: Knex
  readonly crypto: CryptoProvider
  readonly clock: BusinessClock
  readonly calendar: LiveCalendar
  readonly regions: RegionCatalogue
  readonly engine: EngineGateway
  readonly decisions: DecisionService
  readonly dataSharing: DataSharing
  readonly log: Log
  readonly tracer: Tracer
}
