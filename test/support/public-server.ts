import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { calendarYears } from '../../core/calendar/index.ts'
import { createLog } from '../../core/log.ts'
import { noTracer } from '../../core/spans.ts'
import { createLiveCalendar } from '../../core/working-days.ts'
import { createApp } from '../../server/app.ts'
import type { Actor, Role } from '../../server/auth/actor.ts'
import type { Identity } from '../../server/auth/oidc.ts'
import { createBusinessClock } from '../../server/clock.ts'
import type { ServerContext } from '../../server/context.ts'
import { createCryptoProvider } from '../../server/crypto/crypto-provider.ts'
import { connect } from '../../server/db/connect.ts'
import { saveProfile } from '../../server/db/people.ts'
import { migrate } from '../../server/db/migrate.ts'
import type { DecisionService } from '../../server/engine/decisions.ts'
import type { EngineGateway } from '../../server/engine/gateway.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { createDataSharing } from '../../server/sharing/data-sharing.ts'
import { accountKey, personKey } from '../../server/services/person-keys.ts'
import { ApiClient } from '../../scripts/client.ts'
import { makePeople } from './people.ts'
import { sessionCookie } from './session.ts'
import { testConfig } from './test-config.ts'

/** Business time at which every test of the public server plays: a Tuesday without holidays near. */
export const NOW = '2026-03-24T10:00:00+08:00'

export interface PublicServerOptions {
  readonly db?: Knex
  readonly decisions?: DecisionService
  readonly identity?: Identity
  readonly env?: Readonly<Record<string, string>>
}

export interface PublicServer {
  readonly ctx: ServerContext
  readonly url: string
  readonly anonymous: ApiClient
  /** A client with a session of this actor. */
  as(actor: Actor): Promise<ApiClient>
  /** A citizen with a profile, number `index` of the test people, logged in. */
  citizen(index: number): Promise<ApiClient>
  citizenActor(index: number): Actor
  stop(): Promise<void>
}

/** The public application on a free port over a real database; the engine and the identity server stay outside. */
export async function startPublicServer(options: PublicServerOptions = {}): Promise<PublicServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'public-'))
  const config = testConfig(dataDir, { READY_REQUIRES: 'database', ...options.env })
  const db = options.db ?? connect({ databaseUrl: '', dataDir })
  await migrate(db)
  const crypto = createCryptoProvider({ dataKey: config.dataKey, hashKey: config.hashKey })
  const ctx: ServerContext = {
    config,
    db,
    crypto,
    clock: createBusinessClock({ now: NOW }),
    calendar: createLiveCalendar(calendarYears),
    regions: createRegionCatalogue(),
    engine: {} as EngineGateway,
    decisions: options.decisions ?? noConflicts,
    log: createLog({ level: 'silent' }),
    dataSharing: createDataSharing({ url: config.departmentUrls['data-sharing'], log: createLog({ level: 'silent' }) }),
    tracer: noTracer
  }
  const server = await new Promise<Server>(resolve => {
    const listening = createApp(ctx, options.identity ?? noIdentity).listen(0, '127.0.0.1', () => resolve(listening))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const as = async (actor: Actor): Promise<ApiClient> =>
    new ApiClient(url, await sessionCookie(actor, { db, sessionSecret: config.sessionSecret }))
  const citizenActor = (index: number): Actor => ({
    ...staff('citizen'), key: accountKey(crypto, people[index]!.account), account: null, personKey: personKey(crypto, people[index]!.person)
  })
  return {
    ctx,
    url,
    anonymous: new ApiClient(url),
    as,
    citizenActor,
    async citizen(index) {
      const { account, name, person } = people[index]!
      await saveProfile(ctx, accountKey(crypto, account), { account, name, person }, ctx.clock.now())
      return as(citizenActor(index))
    },
    async stop() {
      server.closeAllConnections()
      await new Promise(closed => server.close(closed))
      if (!options.db) await db.destroy()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
}

export const people = makePeople(40)

/** An actor with one role in Guangxi; clerks get a department and a division. */
export function staff(role: Role, account: string = role, more: Partial<Actor> = {}): Actor {
  return { key: `key-of-${account}`, account, roles: [role], region: 'guangxi', department: null, division: null, personKey: null, ...more }
}

/** The rules as they are for a person of Nanning with an unproblematic selection: the engine that answers is another process. */
export const noConflicts: DecisionService = {
  evaluate: key => Promise.resolve(key.endsWith('-jurisdiction')
    ? [{ basis: 'household', ruleId: 'j1', clause: '条款', message: '户籍地' }]
    : [])
}

/** As above, but the exclusivity table finds one pair when both of its matters are selected. */
export const pensionsExclude: DecisionService = {
  evaluate: async (key, inputs) => key.endsWith('-exclusivity') && inputs.selResidentPension && inputs.selFlexiblePension
    ? [{ ruleId: 'x1', matterA: 'resident-pension', matterB: 'flexible-pension', clause: '四（一）3', message: '二者为互斥业务' }]
    : noConflicts.evaluate(key, inputs)
}

const noIdentity: Identity = {
  begin: () => Promise.reject(new Error('no identity server in this test')),
  finish: () => Promise.reject(new Error('no identity server in this test')),
  endSessionUrl: () => Promise.resolve(null),
  isReady: () => Promise.resolve(false)
}

/** Draft of a citizen with prefilled content for these matters; gives its id. */
export async function draftOf(client: ApiClient, matters: readonly string[], change: (draft: Draft) => void = () => undefined): Promise<string> {
  const { common, items } = await client.get(`regions/guangxi/prefill?matters=${matters.join()}`)
  const draft: Draft = { region: 'guangxi', channel: 'online', matters, common, items, agent: null }
  change(draft)
  return (await client.call('POST', 'applications', draft)).id
}

export interface Draft {
  region: string
  channel: string
  matters: readonly string[]
  common: { person: Record<string, unknown> }
  items: Record<string, Record<string, unknown>>
  agent: Record<string, unknown> | null
}

/** What a submission says when everything was confirmed. */
export function confirmed(matters: readonly string[]) {
  return { confirmedNotices: [...matters], declarationAccepted: true, signature: null }
}
