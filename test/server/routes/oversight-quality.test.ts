import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { shanghaiDate } from '../../../core/dates.ts'
import type { ApiClient } from '../../../scripts/client.ts'
import { updateItem } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const DAY = 86_400_000

onBothDatabases('routes/oversight: how well the work is done', database => {
  let server: PublicServer
  let db: Knex
  let supervisor: ApiClient
  let next = 0

  /** A case accepted so many days before now, its items as given. */
  const caseOf = async (daysAgo: number, items: Record<string, Partial<Item>>, channel = 'online'): Promise<string> => {
    const citizen = await server.citizen(next++)
    const slugs = Object.keys(items)
    const id = await draftOf(citizen, slugs)
    await citizen.call('POST', `applications/${id}/submit`, confirmed(slugs))
    const at = server.ctx.clock.now() - daysAgo * DAY
    await db('application').where({ id }).update({ channel, submitted_at: at, accepted_at: at, accepted_on: shanghaiDate(at) })
    await db('item').where({ application_id: id }).update({ channel })
    for (const item of await db<Item>('item').where({ application_id: id })) {
      await updateItem(db, item.id, { status: 'reviewing', deadline_kind: 'promised', promised_due: '2026-04-01', ...items[item.slug] }, at)
    }
    return id
  }
  const decided = (daysAgo: number, outcome: 'approved' | 'rejected', more: Partial<Item> = {}): Partial<Item> =>
    ({ status: outcome, outcome, decided_at: server.ctx.clock.now() - daysAgo * DAY, ...more })

  before(async () => {
    db = await database.openMigrated()
    server = await startPublicServer({ db })
    supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
    // The tests play on 24 March 2026, a Tuesday. 5 working days lie between 17 and 24 March.
    const both = await caseOf(7, { 'resident-pension': decided(0, 'approved'), 'resident-medical': decided(7, 'approved', { deadline_kind: 'immediate' }) })
    const refused = await caseOf(1, { 'resident-pension': decided(0, 'rejected', { round: 2, promised_due: '2026-03-23' }) }, 'window')
    await caseOf(14, { 'social-security-card': { division: '450200' } })
    const [pension] = await db<Item>('item').where({ application_id: both, slug: 'resident-pension' })
    const [no] = await db<Item>('item').where({ application_id: refused })
    const now = server.ctx.clock.now()
    await db('rating').insert([
      { id: randomUUID(), application_id: both, item_id: pension!.id, level: 1, reasons: '[]', created_at: now },
      { id: randomUUID(), application_id: refused, item_id: no!.id, level: 5, reasons: '[]', created_at: now }
    ])
    await db('correction').insert({
      id: randomUUID(), item_id: no!.id, application_id: refused, status: 'submitted', created_by: 'hrss-gx', created_at: now, opened_at: now,
      fields: JSON.stringify([{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '号码有误' }]),
      materials: JSON.stringify([{ code: 'household-book', reasonCode: 'FIELD_INCORRECT', text: '看不清' }])
    })
    const reason = { item_id: no!.id, code: 'AGE_NOT_MET', message: '未满16周岁', source: 'clerk', created_at: now }
    await db('item_reason').insert([
      { ...reason, id: randomUUID() }, { ...reason, id: randomUUID() },
      { ...reason, id: randomUUID(), code: 'NOBODY_KNOWS', message: '申请人说的是家里的私事' }
    ])
    await db('licence_check').insert({ application_id: both, type: 'household-book', outcome: 'found', person_key: 'k', request_id: 'r', checked_at: now })
    await db('original_check').insert([
      { id: randomUUID(), application_id: both, code: 'household-book', way: 'window', checked_by: 'window-gx', checked_at: now },
      { id: randomUUID(), application_id: both, code: 'portrait', way: 'window', checked_by: 'window-gx', checked_at: now },
      // The day on which this one applied at the window itself.
      { id: randomUUID(), application_id: refused, code: 'household-book', way: 'window', checked_by: 'window-gx', checked_at: now - DAY }
    ])
  })
  after(() => server.stop())

  it('counts what came, went and stayed, and names the oldest', async () => {
    const { periods, oldest } = await supervisor.get('sla/trend?grain=week')
    expect(periods.slice(-3).map((one: any) => [one.from, one.accepted, one.decided, one.backlog])).to.deep.equal([
      ['2026-03-09', 1, 0, 1], ['2026-03-16', 2, 1, 2], ['2026-03-23', 1, 2, 1]
    ])
    expect(periods.at(-1)).to.include({ onTime: 1, atOnce: 1 })
    expect(oldest).to.include({ title: '社会保障卡（含电子社保卡）申领', acceptedOn: '2026-03-10', workingDays: 10 })
    const { periods: days } = await supervisor.get('sla/trend?slug=resident-medical')
    expect(days.filter((one: any) => one.accepted + one.decided > 0)
      .map((one: any) => [one.from, one.accepted, one.decided, one.immediate, one.backlog]))
      .to.deep.equal([['2026-03-17', 1, 1, 1, 0]])
    expect((await supervisor.send('GET', 'sla/trend?grain=year')).status).to.equal(400)
  })

  it('tells rates, time used and ratings along each axis', async () => {
    const { total, slices } = await supervisor.get('sla/quality?by=slug')
    expect(total).to.deep.equal({
      decided: 3, approved: 2, rejected: 1, withdrawn: 0, onTimeRate: 0.667, immediateRate: 0.333, atOnceRate: 0.667,
      // 5, 0 and 1 working days.
      meanWorkingDays: 2, ratings: 2, badRatingRate: 0.5
    })
    expect(slices.map((one: any) => [one.title, one.decided])).to.deep.equal([
      ['城乡居民基本医疗保险参保登记', 1], ['城乡居民基本养老保险参保登记', 2]
    ])
    const titles = async (by: string) => (await supervisor.get(`sla/quality?by=${by}`)).slices.map((one: any) => [one.title, one.decided])
    expect(await titles('department')).to.deep.equal([['人力资源社会保障部门', 2], ['医保部门', 1]])
    expect(await titles('channel')).to.deep.equal([['线上', 2], ['窗口', 1]])
    expect(await titles('city')).to.deep.equal([['南宁市', 3]])
    expect(await titles('region')).to.deep.equal([['广西壮族自治区', 3]])
    expect((await supervisor.get('sla/quality?by=slug&channel=window')).total.decided).to.equal(1)
  })

  it('tells why people had to correct and why they were refused, each item once', async () => {
    const { corrections, rejections, ratings } = await supervisor.get('sla/quality')
    expect(corrections).to.deep.equal([{ code: 'FIELD_INCORRECT', text: '申请表内容填写有误', count: 2 }])
    expect(rejections, 'without a word of a clerk about one person').to.deep.equal([
      { code: 'AGE_NOT_MET', text: '不符合年龄条件', count: 1 }, { code: 'NOBODY_KNOWS', text: '其他理由', count: 1 }
    ])
    expect(ratings).to.deep.equal([{ level: 1, count: 1 }, { level: 5, count: 1 }])
  })

  it('holds what the notice promised to save against what was used', async () => {
    const { effects } = await supervisor.get('sla/quality')
    expect(effects).to.deep.equal({
      materials: { exempt: 1, uploaded: 0, exemptRate: 1 },
      time: { statutoryWorkingDays: 85, isSum: false, promisedWorkingDays: 8, cases: 2, usedWorkingDays: 3, longestWorkingDays: 5 },
      // One came to show originals, the other to apply; who applied there showed them at once.
      visits: { cases: 3, visits: 2, perCase: 0.667 },
      steps: { cases: 3, mattersPerCase: 1.333, departmentsPerCase: 1.333 }
    })
  })

  it('is cut to the own divisions', async () => {
    const liuzhou = await server.as(staff('supervisor', 'supervisor-liuzhou', { division: '450200' }))
    const { total, effects } = await liuzhou.get('sla/quality')
    expect([total.decided, effects.steps.cases]).to.deep.equal([0, 1])
    expect((await liuzhou.get('sla/trend')).oldest.acceptedOn).to.equal('2026-03-10')
    const clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
    expect((await clerk.send('GET', 'sla/quality')).status).to.equal(403)
  })
})
