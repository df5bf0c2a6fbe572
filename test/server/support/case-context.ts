import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Knex } from 'knex'
import { calendarYears } from '../../../core/calendar/index.ts'
import { createLog } from '../../../core/log.ts'
import { noTracer } from '../../../core/spans.ts'
import { createLiveCalendar } from '../../../core/working-days.ts'
import { createBusinessClock } from '../../../server/clock.ts'
import type { ServerContext } from '../../../server/context.ts'
import { createCryptoProvider } from '../../../server/crypto/crypto-provider.ts'
import { insertApplication, sealContent } from '../../../server/db/applications.ts'
import { insertRows } from '../../../server/db/item-rows.ts'
import { insertItems } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import type { EngineGateway } from '../../../server/engine/gateway.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { createDataSharing } from '../../../server/sharing/data-sharing.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { testConfig } from '../../support/test-config.ts'

/** Business time of these tests: a Tuesday without holidays near. */
export const NOW = '2026-03-24T10:00:00+08:00'

/** Stands outside a test that needs no engine: the models are those of the folder, and everything else is an error. */
export const modelsOnly = {
  processDefinition: (key: string) => Promise.resolve({ id: key, key, version: 1 }),
  decisionThatAnswered: (_instance: string, key: string) => Promise.resolve(`${key}:1`),
  processXml: (id: string) => {
    const [, region, slug] = /^([a-z]+)-([^:]+)/.exec(id)!
    const file = `processes/${region}/${slug}.bpmn`
    return existsSync(file) ? Promise.resolve(readFileSync(file, 'utf8')) : Promise.reject(new Error(`no model ${file}`))
  }
} as unknown as EngineGateway

export interface TestContextOptions {
  readonly engine?: EngineGateway
  readonly env?: Readonly<Record<string, string>>
  readonly dataDir?: string
  /** Real time, ms; the clock stands still at NOW unless it is given. */
  readonly real?: () => number
}

/** What services are handed, over a migrated database; the rules are the region's own tables. */
export function testContext(db: Knex, { engine = modelsOnly, env = {}, dataDir = '/nowhere', real }: TestContextOptions = {}): ServerContext {
  const config = testConfig(dataDir, env)
  const start = Date.parse(NOW)
  return {
    config, db, engine,
    crypto: createCryptoProvider({ dataKey: config.dataKey, hashKey: config.hashKey }),
    clock: createBusinessClock(real ? { now: '', real } : { now: '', real: () => start }),
    calendar: createLiveCalendar(calendarYears),
    regions: createRegionCatalogue(),
    decisions: tableDecisions(),
    log: createLog({ level: 'silent' }),
    dataSharing: createDataSharing({ url: config.departmentUrls['data-sharing'], log: createLog({ level: 'silent' }) }),
    tracer: noTracer
  }
}

export interface CaseOptions {
  readonly matters: readonly string[]
  /** Insurances of the declaration's rows. */
  readonly rows?: readonly string[]
  /** Declared with each of the rows. */
  readonly extras?: readonly string[]
  readonly channel?: 'online' | 'window'
  readonly delivery?: 'online' | 'mail' | 'window'
  readonly person?: Readonly<Record<string, unknown>>
}

export interface TestCase {
  readonly id: string
  /** Id of an item by slug. */
  item(slug: string): string
  /** Id of a row by insurance. */
  row(insurance: string): string
}

/** Stores a submitted application, as a submission leaves it. */
export async function submittedCase(ctx: ServerContext, { matters, rows = [], extras = [], channel = 'online', delivery = 'online', person = {} }: CaseOptions): Promise<TestCase> {
  const id = randomUUID()
  const at = ctx.clock.now()
  const region = ctx.regions.get('guangxi')
  const content = {
    common: { person: { name: '韦测试', idType: 'resident-id', idNumber: '450103199008160244', mobile: '13877101001', ...person } },
    items: Object.fromEntries(matters.map(slug => [slug, {
      delivery: { method: delivery, recipient: '韦测试', mobile: '13877101001', address: '新竹路12号' },
      ...(slug === 'contribution' ? { rows: rows.map(insurance => ({ insurance, extras, periodStart: '2026-01-01', periodEnd: '2026-12-31' })) } : {})
    }])),
    agent: null
  }
  await insertApplication(ctx.db, {
    id, number: `T${id.slice(0, 8)}`, region: 'guangxi', channel, status_draft: false, applicant_key: 'key-of-applicant', person_key: 'person',
    mobile_last4_key: null, name_key: null, mobile_key: null, version: 2, matters: JSON.stringify(matters),
    content_enc: sealContent(ctx, id, content),
    confirmed_notices: '[]', signature_enc: null, division: '450103', audit_head: null, created_by: 'key-of-applicant', created_at: at, updated_at: at,
    submitted_at: at, accepted_at: null, accepted_on: null, traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    process_started_at: null, refused_at: null, closed_at: null
  })
  const items: Item[] = matters.map(slug => ({
    id: randomUUID(), application_id: id, slug, region: 'guangxi', department: region.matters.find(one => one.slug === slug)!.department,
    division: '450103', channel, status: 'submitted', outcome: null, person_key: 'person', promised_due: null, statutory_due: null, red_due: null,
    deadline_kind: null, is_provisional: false, promised_days: null, statutory_days: null,
    receipt_number: null, receipt_issued_at: null, delivery_method: delivery, delivered_at: null,
    round: 1,
    withdraw_requested_at: null, has_incident: false, decided_at: null, version: 1, created_at: at, updated_at: at
  }))
  await insertItems(ctx.db, items)
  const itemId = (slug: string): string => items.find(item => item.slug === slug)!.id
  await insertRows(ctx.db, rows.map(insurance => ({
    itemId: itemId('contribution'), applicationId: id, insurance, isRegisteredHere: matters.includes(insurance)
  })), at)
  const stored: { id: string; insurance: string }[] = await ctx.db('item_row').where({ application_id: id })
  return { id, item: itemId, row: insurance => stored.find(row => row.insurance === insurance)!.id }
}
