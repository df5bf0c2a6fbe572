import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { platformKey, signCallback } from '../../../../core/callback-signature.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { appendAudit } from '../../../../server/db/audit.ts'
import { updateItem } from '../../../../server/db/items.ts'
import { createOutboxRelay } from '../../../../server/engine/outbox-relay.ts'
import { unheardResults } from '../../../../server/services/oversight/unheard-results.ts'
import { call, SECRET, startForTest, startReceiver } from '../../../departments/support.ts'
import type { TestDepartments } from '../../../departments/support.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import type { TestCase } from '../../support/case-context.ts'

onBothDatabases('platform/push-result', ({ openMigrated }) => {
  let db: Knex
  let platform: TestDepartments
  let ctx: ServerContext
  /** Of the server's clock, ms; a platform bears five minutes. */
  let ahead: number

  const contextFor = (url: string) =>
    testContext(db, { env: { PLATFORM_URL: url, DEPARTMENT_CALLBACK_SECRET: SECRET }, real: () => Date.now() + ahead })
  before(async () => {
    db = await openMigrated()
    platform = await startForTest(['platform'])
    ctx = contextFor(platform.urls.platform)
  })
  after(() => platform.end())
  beforeEach(() => { ahead = 1000 })
  afterEach(async () => {
    await call(`${platform.urls.platform}/v1/faults`, 'DELETE')
    await db('outbox').delete()
  })

  async function pushed(matters: readonly string[], rows: readonly string[] = []): Promise<TestCase> {
    const one = await submittedCase(ctx, { matters, rows })
    await db('application').where({ id: one.id }).update({ channel: 'platform' })
    return one
  }
  async function settle(one: TestCase, slug: string, type: string, outcome: 'approved' | 'rejected', data: Record<string, unknown> = {}) {
    await updateItem(db, one.item(slug), { status: outcome, outcome }, ctx.clock.now())
    await appendAudit(db, { chain: one.id, type, actor: { role: 'system', id: 'x' }, itemId: one.item(slug), data, at: ctx.clock.now() })
  }
  const relay = (context = ctx) => createOutboxRelay(context, () => 0.5, 'platform')
  const results = async (one: TestCase) => {
    const { number } = await db('application').where({ id: one.id }).first('number')
    return (await call(`${platform.urls.platform}/v1/results?number=${number}`)).body.results
  }

  it('tells the platform what became of each item, once each, although it answered 500 twice', async () => {
    const one = await pushed(['flexible-pension', 'resident-medical'])
    await call(`${platform.urls.platform}/v1/faults`, 'POST', { faults: [{ mode: 'error', kind: 'result', count: 2 }] })
    await settle(one, 'flexible-pension', 'item-approved', 'approved')
    await settle(one, 'resident-medical', 'item-rejected', 'rejected')
    for (let round = 0; round < 4; round++) {
      await relay().drain()
      ahead += 10_000
    }
    const heard = await results(one)
    expect(heard.map(({ type, item, deliveries }: { type: string; item: { slug: string; outcome: string }; deliveries: number }) =>
      [type, item.slug, item.outcome, deliveries])).to.have.deep.members([
      ['item-concluded', 'flexible-pension', 'approved', 1], ['item-concluded', 'resident-medical', 'rejected', 1]
    ])
    for (const text of ['韦测试', '450103199008160244', '13877101001']) expect(JSON.stringify(heard)).to.not.include(text)
  })

  it('is repeated with the same id when the answer was lost, and the platform keeps it once', async () => {
    const one = await pushed(['flexible-pension'])
    await call(`${platform.urls.platform}/v1/faults`, 'POST', { faults: [{ mode: 'effect-then-silence', kind: 'result', count: 1 }] })
    await settle(one, 'flexible-pension', 'item-approved', 'approved')
    expect(await relay().drain()).to.equal(0)
    ahead += 1000
    expect(await relay().drain()).to.equal(1)
    const [only, ...others] = await results(one)
    expect(others).to.deep.equal([])
    expect(only.deliveries).to.equal(2)
  })

  it('concludes a declaration with its last row, and only once', async () => {
    const one = await pushed(['contribution'], ['flexible-pension', 'flexible-medical'])
    const audit = (insurance: string) => appendAudit(db, {
      chain: one.id, type: 'item-approved', actor: { role: 'system', id: 'x' }, itemId: one.item('contribution'),
      data: { rowId: one.row(insurance), insurance }, at: ctx.clock.now()
    })
    await audit('flexible-pension')
    expect(await db('outbox').where({ kind: 'push-result' })).to.deep.equal([])
    await updateItem(db, one.item('contribution'), { outcome: 'approved' }, ctx.clock.now())
    for (let time = 0; time < 2; time++) await audit('flexible-medical')
    expect(await db('outbox').where({ kind: 'push-result' })).to.have.length(1)
  })

  it('tells nobody of applications that people handed in themselves', async () => {
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    await settle(one, 'flexible-pension', 'item-approved', 'approved')
    expect(await db('outbox').where({ kind: 'push-result' })).to.deep.equal([])
  })

  it('signs by the region\'s own key, to the address of the region\'s own data, and follows no redirect', async () => {
    const { url, received, stop } = await startReceiver(() => 307)
    const one = await pushed(['flexible-pension'])
    await settle(one, 'flexible-pension', 'item-approved', 'approved')
    expect(await relay(contextFor(url)).drain()).to.equal(0)
    const [first] = received
    expect([received.length, first!.path]).to.deep.equal([1, '/v1/results/guangxi'])
    const key = createHmac('sha256', SECRET).update('platform-results:guangxi').digest('hex')
    expect(first!.headers['x-signature']).to.equal(createHmac('sha256', key).update(`${String(first!.headers['x-timestamp'])}.${first!.text}`).digest('hex'))
    await stop()
  })

  it('marks the item as standing still after a dozen failures, and never gives up', async () => {
    const one = await pushed(['flexible-pension'])
    await call(`${platform.urls.platform}/v1/faults`, 'POST', { faults: [{ mode: 'error', kind: 'result' }] })
    await settle(one, 'flexible-pension', 'item-approved', 'approved')
    for (let attempt = 1; attempt <= 13; attempt++) {
      await relay().drain()
      ahead += 120_000
    }
    const [row] = await db('outbox').where({ aggregate_id: one.item('flexible-pension') })
    expect(row).to.include({ attempts: 13, last_error: 'PLATFORM_UNAVAILABLE', done_at: null })
    const [named, ...others] = await unheardResults(ctx, ctx.regions.get('guangxi'), { region: 'guangxi', divisionPrefix: '', department: null })
    expect(others).to.deep.equal([])
    expect(named).to.include({ itemId: one.item('flexible-pension'), attempts: 13 })
    expect(named!.text).to.include('灵活就业人员养老保险登记').and.include('广西数字政务一体化平台没有确认收到')
  })
})

describe('the platform\'s door for results', () => {
  let platform: TestDepartments
  before(async () => { platform = await startForTest(['platform']) })
  after(() => platform.end())

  const body = JSON.stringify({
    id: 'i:concluded', type: 'item-concluded', at: '2026-03-24T10:00:00+08:00', region: 'guangxi', applicationId: 'a', number: 'N1',
    item: { slug: 's', title: '事项', outcome: 'approved', reasons: [], receiptNumber: null, deadline: null }
  })
  const send = (region: string, text: string, timestamp: number, signature: string) => call(
    `${platform.urls.platform}/v1/results/${region}`, 'POST', text, { 'x-timestamp': String(timestamp), 'x-signature': signature })
  const key = platformKey(SECRET, 'guangxi')

  it('takes what is signed, and refuses another key, another content, another region and an old time', async () => {
    const at = Date.now()
    expect((await send('guangxi', body, at, signCallback(key, at, body))).status).to.equal(200)
    const changed = body.replace('approved', 'rejected')
    const refusals = [
      ['guangxi', body, at, signCallback(platformKey(SECRET, 'ningxia'), at, body)],
      ['guangxi', changed, at, signCallback(key, at, body)],
      ['ningxia', body, at, signCallback(key, at, body)],
      ['guangxi', body, at - 6 * 60_000, signCallback(key, at - 6 * 60_000, body)]
    ] as const
    for (const [region, text, time, signature] of refusals) expect((await send(region, text, time, signature)).status).to.equal(401)
    // The same id with another content is a fault, not a second result.
    expect((await send('guangxi', changed, at, signCallback(key, at, changed))).status).to.equal(409)
    expect((await call(`${platform.urls.platform}/v1/results?number=N1`)).body.results).to.have.length(1)
  })
})
