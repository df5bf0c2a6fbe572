import { expect } from 'chai'
import type { Knex } from 'knex'
import { calendarYears } from '../../../core/calendar/index.ts'
import type { ApiClient } from '../../../scripts/client.ts'
import { seedCalendar } from '../../../server/db/calendar.ts'
import { pausedNames } from '../../../server/services/oversight/topic-pauses.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { published2027 } from '../support/calendar-2027.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

onBothDatabases('routes/operations', database => {
  let server: PublicServer
  let db: Knex
  let supervisor: ApiClient
  let other: ApiClient
  let nanning: ApiClient
  let auditor: ApiClient

  before(async () => {
    db = await database.openMigrated()
    await seedCalendar(db, calendarYears, 1)
    server = await startPublicServer({ db })
    Object.assign(server.ctx.engine, { countWaiting: () => Promise.resolve(3) })
    supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
    other = await server.as(staff('supervisor', 'supervisor-nx', { region: 'ningxia' }))
    nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
    auditor = await server.as(staff('auditor', 'auditor-gx'))
  })
  after(() => server.stop())

  const types = async (): Promise<string[]> => (await auditor.get('audit?limit=100')).events.map(({ type }: any) => type).reverse()

  describe('the calendar', () => {
    it('shows which years are published, and which dates are 暂定', async () => {
      const { years } = await auditor.get('calendar')
      expect(years.map(({ year, isProvisional }: any) => [year, isProvisional])).to.deep.equal([[2025, false], [2026, false], [2027, true]])
    })

    it('takes a year from one person, shows what it changes, and publishes it by another', async () => {
      const proposed = await supervisor.call('POST', 'calendar/imports', published2027)
      expect(proposed).to.include({ year: 2027, state: 'proposed', proposedBy: 'supervisor-gx', decidedBy: null })
      expect(proposed.changes).to.deep.include({ date: '2027-10-08', before: '工作日', after: '国庆节放假', changesCount: true })
      expect(proposed.changes).to.deep.include({ date: '2027-02-20', before: '周末', after: '春节调休上班', changesCount: true })
      expect(server.ctx.calendar.isPublished(2027)).to.equal(false)
      const own = await supervisor.send('POST', `calendar/imports/${proposed.id}/publish`, {})
      expect([own.status, own.body.code]).to.deep.equal([403, 'SECOND_PERSON_REQUIRED'])
      expect((await nanning.send('POST', `calendar/imports/${proposed.id}/publish`, {})).status).to.equal(403)
      expect((await auditor.send('POST', `calendar/imports/${proposed.id}/publish`, {})).status).to.equal(403)
      const published = await other.call('POST', `calendar/imports/${proposed.id}/publish`, {})
      expect(published).to.include({ state: 'published', decidedBy: 'supervisor-nx' })
      expect(published.changes).to.deep.equal([])
      expect([server.ctx.calendar.isPublished(2027), server.ctx.calendar.isWorkday('2027-10-08')]).to.deep.equal([true, false])
      const again = await other.send('POST', `calendar/imports/${proposed.id}/reject`, {})
      expect([again.status, again.body.code]).to.deep.equal([409, 'CALENDAR_IMPORT_DECIDED'])
      expect((await auditor.get('calendar')).imports[0]).to.include({ id: proposed.id, stateText: '已发布' })
      expect(await types()).to.deep.equal(['calendar-proposed', 'calendar-published'])
    })

    it('names what is wrong with an arrangement, and takes none from elsewhere than the government', async () => {
      const wrong = { ...published2027, days: [
        ...published2027.days.filter(({ date, name }) => date !== '2027-05-01' && name !== '端午节'),
        { date: '2027-02-30', isOffDay: true, name: '春节' }, { date: '2027-03-03', isOffDay: false, name: '春节' }, { date: '2028-01-01', isOffDay: true, name: '元旦' }
      ] }
      const { status, body } = await supervisor.send('POST', 'calendar/imports', wrong)
      expect(status).to.equal(422)
      expect(body.fields.map(({ message }: any) => message)).to.include.members([
        '“2027-02-30”不是日期', '2027-03-03 不是周末，不会是调休上班日', '2028-01-01 不在 2027 年的安排之内', '缺少法定节假日 2027-05-01', '没有“端午”的放假安排'
      ])
      expect((await supervisor.send('POST', 'calendar/imports', { ...published2027, source: 'https://example.com/2027' })).status).to.equal(400)
      expect((await supervisor.send('POST', 'calendar/imports', { ...published2027, papers: [] })).status).to.equal(400)
    })

    it('sends one back, and it changes nothing', async () => {
      const { id } = await supervisor.call('POST', 'calendar/imports', { ...published2027, year: 2027 })
      expect(await other.call('POST', `calendar/imports/${id}/reject`, {})).to.include({ state: 'rejected', decidedBy: 'supervisor-nx' })
      const late = await other.send('POST', `calendar/imports/${id}/publish`, {})
      expect([late.status, late.body.code]).to.deep.equal([409, 'CALENDAR_IMPORT_DECIDED'])
    })
  })

  describe('a topic', () => {
    const topic = 'guangxi.social-security-card.verify'

    it('is paused with a reason and let go on, each noted', async () => {
      expect(await supervisor.call('POST', `topics/${topic}/pause`, { reason: '制卡系统升级' })).to.include({ topic, isPaused: true, pausedBy: 'supervisor-gx' })
      const twice = await supervisor.send('POST', `topics/${topic}/pause`, { reason: '再停' })
      expect([twice.status, twice.body.code]).to.deep.equal([409, 'TOPIC_STATE_CONFLICT'])
      expect((await auditor.get('topics/paused')).topics[0]).to.include({ topic, reason: '制卡系统升级', waiting: 3 })
      expect(await pausedNames(server.ctx)).to.deep.equal([topic])
      expect(JSON.stringify(await db('topic_pause'))).to.not.contain('制卡')
      expect(await supervisor.call('POST', `topics/${topic}/resume`, {})).to.deep.equal({ topic, isPaused: false })
      expect((await supervisor.send('POST', `topics/${topic}/resume`, {})).body.code).to.equal('TOPIC_STATE_CONFLICT')
      expect((await types()).slice(-2)).to.deep.equal(['topic-paused', 'topic-resumed'])
    })

    it('is paused only by who answers for all that it holds up', async () => {
      for (const [as, name] of [
        [nanning, topic], [other, topic], [supervisor, 'common.open-item'], [supervisor, 'guangxi.social-security-card.no-such-step']
      ] as const) expect((await as.send('POST', `topics/${name}/pause`, { reason: '停' })).status, name).to.equal(404)
      const admin = await server.as(staff('admin', 'admin', { region: null }))
      expect(await admin.call('POST', 'topics/common.open-item/pause', { reason: '停' })).to.include({ region: null, isPaused: true })
      expect((await other.get('topics/paused')).topics.map((one: any) => one.topic)).to.deep.equal(['common.open-item'])
      await admin.call('POST', 'topics/common.open-item/resume', {})
    })
  })
})
