import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { createIncidentFeed } from '../../../server/engine/incident-feed.ts'
import { createTimerFeed } from '../../../server/engine/timer-feed.ts'
import { updateItem } from '../../../server/db/items.ts'
import { createCircuitWatch } from '../../../server/services/oversight/alerts.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

onBothDatabases('routes/oversight-alerts', database => {
  let server: PublicServer
  let whole: ApiClient
  let nanning: ApiClient
  let liuzhou: ApiClient
  let next = 0

  before(async () => {
    server = await startPublicServer({ db: await database.openMigrated() })
    whole = await server.as(staff('supervisor', 'supervisor-gx'))
    nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
    liuzhou = await server.as(staff('supervisor', 'supervisor-gx-liuzhou', { division: '450200' }))
  })
  after(() => server.stop())
  beforeEach(async () => {
    for (const table of ['alert_reading', 'alert', 'alert_subscription']) await server.ctx.db(table).delete()
  })

  const ask = (client: ApiClient, body: object) => client.send('POST', 'sla/alerts/subscriptions', body)
  const told = async (client: ApiClient): Promise<string[]> => (await client.get('sla/alerts')).alerts.map(({ kind }: any) => kind)
  const caseOf = async () => {
    const citizen = await server.citizen(next++)
    const id = await draftOf(citizen, ['resident-pension'])
    const { number } = await citizen.call('POST', `applications/${id}/submit`, confirmed(['resident-pension']))
    const { id: item } = await server.ctx.db('item').where({ application_id: id }).first('id')
    return { id, item, number, citizen }
  }
  /** The engine tells of a timer that has fired, each time it is asked. */
  const fire = async (subject: string, boundary: string, times = 1) => {
    const timer = { id: randomUUID(), activityId: boundary, instanceId: 'i', firedAt: server.ctx.clock.now(), changedAt: Date.now() }
    const engine = { ...server.ctx.engine, timersFiredSince: async (_: number, { first }: { first: number }) => first === 0 ? [timer] : [] }
    const feed = createTimerFeed({ ...server.ctx, engine } as never, (async () => new Map([['i', { businessKey: subject }]])) as never)
    for (let time = 0; time < times; time++) await feed.poll()
  }

  it('tells of red cards and bad ratings of one\'s own divisions, each once, though it was asked for twice', async () => {
    for (const client of [nanning, liuzhou]) for (const kind of ['red', 'rating']) expect((await ask(client, { kind })).status).to.equal(201)
    expect((await ask(nanning, { kind: 'red', division: '450103' })).body).to.include({ divisionName: '南宁市青秀区', slug: null })
    const one = await caseOf()
    await fire(one.item, 'BoundaryEvent_SlaPromised')
    await fire(one.item, 'BoundaryEvent_SlaRed', 3)
    await updateItem(server.ctx.db, one.item, { status: 'delivered', outcome: 'approved' }, server.ctx.clock.now())
    const { id: rating } = await one.citizen.call('POST', `applications/${one.id}/items/resident-pension/rating`, { level: 5 })
    const { alerts, unread } = await nanning.get('sla/alerts')
    expect(alerts.map(({ kind, text, isRead }: any) => [kind, text.includes(one.number), isRead])).to.have.deep.members([['red', true, false], ['rating', true, false]])
    expect(unread).to.equal(2)
    expect(await told(liuzhou)).to.deep.equal([])
    expect(await told(whole)).to.deep.equal([])
    await nanning.call('POST', 'sla/alerts/read', {})
    expect((await nanning.get('sla/alerts')).unread).to.equal(0)
    await one.citizen.call('POST', `applications/${one.id}/ratings/${rating}/follow-up`, { level: 4 })
    const again = await nanning.get('sla/alerts')
    expect([again.unread, again.alerts[0].kind, again.alerts[0].text.includes(one.number)]).to.deep.equal([1, 'rating', true])
    expect(await told(liuzhou)).to.deep.equal([])
  })

  it('tells only of the matter and the division asked for, and nothing after the end', async () => {
    await ask(whole, { kind: 'red', slug: 'social-security-card' })
    await ask(whole, { kind: 'yellow', division: '450200' })
    const { body: { id } } = await ask(whole, { kind: 'feedback' })
    expect((await ask(whole, { kind: 'feedback' })).body.id).to.equal(id)
    const one = await caseOf()
    for (const boundary of ['BoundaryEvent_SlaPromised', 'BoundaryEvent_SlaRed']) await fire(one.item, boundary)
    const complain = () => one.citizen.call('POST', 'feedback', { text: '排队太久', region: 'guangxi', department: 'hrss', division: '450103' })
    await complain()
    expect(await told(whole)).to.deep.equal(['feedback'])
    expect((await nanning.send('DELETE', `sla/alerts/subscriptions/${id}`)).status).to.equal(404)
    expect((await whole.send('DELETE', `sla/alerts/subscriptions/${id}`)).status).to.equal(204)
    await complain()
    expect(await told(whole)).to.deep.equal(['feedback'])
    expect((await whole.get('sla/alerts')).subscriptions).to.have.length(2)
    const events: string[] = await server.ctx.db('audit_event').where('type', 'like', 'alerts-%').orderBy('seq').pluck('type')
    expect(events.slice(-4)).to.deep.equal(['alerts-subscribed', 'alerts-subscribed', 'alerts-subscribed', 'alerts-unsubscribed'])
  })

  it('tells of a step that stands still when it begins to, and of a circuit until it is closed', async () => {
    for (const kind of ['incident', 'circuit']) await ask(nanning, { kind })
    const one = await caseOf()
    let standing: object[] = [{ id: 'x', isOrigin: true, instanceId: 'i' }]
    const engine = { ...server.ctx.engine, incidents: async ({ first }: { first: number }) => first === 0 ? standing : [] }
    const feed = createIncidentFeed({ ...server.ctx, engine } as never, (async () => new Map(standing.length ? [['i', { businessKey: one.item }]] : [])) as never)
    await feed.poll()
    await feed.poll()
    expect(await told(nanning)).to.deep.equal(['incident'])
    standing = []
    await feed.poll()
    let [now, state] = [0, 'open']
    const clock = { ...server.ctx.clock, realNow: () => now }
    const watch = createCircuitWatch({ ...server.ctx, clock } as never, async () => ({ circuits: [{ department: 'tax', state }] }) as never)
    const circuits = async (...states: string[]) => {
      for (state of states) {
        now += 60_000
        await watch()
      }
      return (await told(nanning)).filter(kind => kind === 'circuit').length
    }
    expect(await circuits('open', 'half-open', 'open', 'half-open', 'half-open', 'open'), 'told once while it is probed').to.equal(1)
    expect(await circuits('closed', 'open'), 'told again').to.equal(2)
    expect(await circuits('half-open', 'half-open', 'half-open', 'open'), 'over though nobody has called').to.equal(3)
    expect((await nanning.get('sla/alerts')).alerts.find(({ kind }: any) => kind === 'circuit').text).to.contain('税务')
  })

  it('refuses a division that is not overseen, and whoever is no supervisor', async () => {
    const { status, body } = await ask(nanning, { kind: 'red', division: '450200' })
    expect([status, body.fields[0].path]).to.deep.equal([422, '/division'])
    expect((await ask(nanning, { kind: 'red', slug: 'no-such' })).body.fields[0].path).to.equal('/slug')
    for (const role of ['auditor', 'clerk'] as const) expect((await ask(await server.as(staff(role)), { kind: 'red' })).status).to.equal(403)
  })
})
