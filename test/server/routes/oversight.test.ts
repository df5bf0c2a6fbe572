import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import ExcelJS from 'exceljs'
import type { Knex } from 'knex'
import type { ApiClient } from '../../../scripts/client.ts'
import { appendAudit } from '../../../server/db/audit.ts'
import { closeIntervals, openInterval } from '../../../server/db/clock-intervals.ts'
import { insertCorrection, updateCorrection } from '../../../server/db/corrections.ts'
import { updateItem } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import { saveStaff } from '../../../server/db/staff.ts'
import { verifyAudit } from '../../../server/services/oversight/audit-log.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { insertApplication } from '../../support/rows.ts'
import { until } from '../../support/until.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

onBothDatabases('routes/oversight', database => {
  let server: PublicServer
  let db: Knex
  let supervisor: ApiClient
  let auditor: ApiClient
  let next = 0

  before(async () => {
    db = await database.openMigrated()
    server = await startPublicServer({ db })
    supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
    auditor = await server.as(staff('auditor', 'auditor-gx'))
  })
  after(() => server.stop())

  /** A submitted case whose one item is in this state. */
  const caseOf = async (slug: string, patch: Partial<Item>): Promise<{ id: string; item: string }> => {
    const citizen = await server.citizen(next++)
    const id = await draftOf(citizen, [slug])
    await citizen.call('POST', `applications/${id}/submit`, confirmed([slug]))
    const [item] = await db<Item>('item').where({ application_id: id })
    await updateItem(db, item!.id, { status: 'reviewing', deadline_kind: 'promised', ...patch }, server.ctx.clock.now())
    await db('application').where({ id }).update({ accepted_at: server.ctx.clock.now() - 1000, accepted_on: server.ctx.clock.today() })
    return { id, item: item!.id }
  }
  const task = (one: { id: string; item: string }, more: object = {}) => db('work_item').insert({
    id: randomUUID(), application_id: one.id, item_id: one.item, row_id: null, region: 'guangxi', slug: 'resident-pension', department: 'hrss',
    division: '450103', name: '审核', kind: 'review', activity_id: 'Task_Review', process_definition_id: 'p', process_instance_id: 'i',
    decisions: '[]', assignee: null, due_at: server.ctx.clock.now(), created_at: server.ctx.clock.now() - 500, state: 'open', version: 1,
    updated_at: 0, ...more
  })

  describe('the board', () => {
    // The tests play on 24 March 2026, a Tuesday.
    let red: { id: string; item: string }
    before(async () => {
      red = await caseOf('resident-pension', { promised_due: '2026-03-20', red_due: '2026-03-23' })
      await caseOf('resident-pension', { promised_due: '2026-03-23', red_due: '2026-03-24' })
      await caseOf('social-security-card', { promised_due: '2026-03-24', red_due: '2026-03-25' })
      await caseOf('social-security-card', { promised_due: '2026-03-31', red_due: '2026-04-01', division: '450200' })
      await caseOf('flexible-pension', { promised_due: '2026-03-24', red_due: '2026-03-25', deadline_kind: 'immediate' })
      await caseOf('resident-medical', { status: 'correcting', promised_due: '2026-03-20', red_due: '2026-03-21' })
      await caseOf('flexible-medical', { status: 'delivered', outcome: 'approved', decided_at: server.ctx.clock.now(), promised_due: '2026-03-24', deadline_kind: 'immediate' })
      const corrected = await caseOf('flexible-medical', { status: 'rejected', outcome: 'rejected', decided_at: server.ctx.clock.now(), promised_due: '2026-03-23', deadline_kind: 'immediate' })
      const correction = { id: randomUUID(), itemId: corrected.item, applicationId: corrected.id, fields: [], materials: [], createdBy: 'x', at: 0 }
      await updateCorrection(db, await insertCorrection(db, correction), { opened_at: 0, status: 'lapsed' })
    })

    it('counts the open items by colour and cut', async () => {
      const { totals, byDepartment, byMatter, byDivision, mostUrgent, decided } = await supervisor.get('sla/summary')
      expect(totals).to.deep.equal({ open: 6, onTrack: 2, atRisk: 1, overdue: 1, red: 1, stopped: 1 })
      expect(byDepartment.map((one: any) => [one.key, one.title, one.open])).to.deep.equal([
        ['hrss', '人力资源社会保障部门', 5], ['medical', '医保部门', 1]
      ])
      expect(byMatter.find((one: any) => one.key === 'resident-pension')).to.include({ open: 2, red: 1, overdue: 1 })
      expect(byDivision.find((one: any) => one.key === '450200')).to.include({ title: '柳州市', open: 1, onTrack: 1 })
      expect(mostUrgent).to.include({ colour: 'red', slug: 'resident-pension' })
      expect(decided).to.include({ decided: 2, approved: 1, rejected: 1, onTimeRate: 0.5, immediateRate: 1, atOnceRate: 0.5 })
    })

    it('opens into the list, filtered and page by page', async () => {
      const { items } = await supervisor.get('sla/items?colour=red')
      expect(items.map(({ id }: any) => id)).to.deep.equal([red.item])
      expect(items[0]).to.include({ remainingWorkingDays: -2, title: '城乡居民基本养老保险参保登记' })
      const found: string[] = []
      for (let cursor = ''; ;) {
        const page = await supervisor.get(`sla/items?limit=2${cursor && `&cursor=${cursor}`}`)
        found.push(...page.items.map(({ id }: any) => id))
        if (page.cursor === null) break
        cursor = page.cursor
      }
      expect(new Set(found).size).to.equal(6)
      expect(found[0]).to.equal(red.item)
      expect((await supervisor.get('sla/items?limit=100')).items.at(-1)).to.include({ colour: 'stopped' })
      expect((await supervisor.get('sla/items?slug=social-security-card&division=4502')).items).to.have.length(1)
      expect((await supervisor.send('GET', 'sla/items?cursor=x')).body.code).to.equal('CURSOR_INVALID')
    })

    it('counts nothing against a desk while a 特别程序 lasts', async () => {
      const { red: before } = (await supervisor.get('sla/summary')).totals
      await openInterval(db, { subjectId: red.item, kind: 'special', startedOn: '2026-03-20', reason: 'survey' })
      const { totals } = await supervisor.get('sla/summary')
      expect([totals.red, totals.stopped]).to.deep.equal([before - 1, 2])
      await closeIntervals(db, red.item, '2026-03-24', 'special')
      expect((await supervisor.get('sla/summary')).totals.red).to.equal(before)
    })

    it('says who holds an item', async () => {
      const holder = async () => (await supervisor.get('sla/items?colour=red')).items[0].holder.text
      expect(await holder()).to.equal('系统办理中（人力资源社会保障部门）')
      await task(red)
      expect(await holder()).to.equal('人力资源社会保障部门（待认领）')
      await db('work_item').where({ item_id: red.item }).update({ assignee: 'hrss-gx' })
      expect(await holder()).to.equal('人力资源社会保障部门：hrss-gx')
      expect((await supervisor.get('sla/items?colour=stopped')).items[0].holder.text).to.contain('申请人')
    })

    it('shows each the own region and divisions', async () => {
      const nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
      expect((await nanning.get('sla/summary')).totals.open).to.equal(5)
      const other = await server.as(staff('supervisor', 'supervisor-nx', { region: 'ningxia' }))
      expect((await other.send('GET', 'sla/summary')).body.totals?.open ?? 0).to.equal(0)
      expect((await other.get('sla/items')).items).to.deep.equal([])
      const clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
      expect((await clerk.send('GET', 'sla/summary')).status).to.equal(403)
    })

    it('cuts the time of a case by who held it', async () => {
      const { totals, byItem } = await supervisor.get(`sla/attribution?applicationId=${red.id}`)
      expect(totals.map(({ holder }: any) => holder)).to.have.members(['system', 'desk'])
      expect(byItem[0].stretches.at(-1)).to.include({ holder: 'desk', title: '人力资源社会保障部门' })
      const { promisedDueDate, days } = byItem[0].deadline
      expect(promisedDueDate).to.equal('2026-03-20')
      expect(days).to.deep.equal([{ date: '2026-03-24', counted: false, note: '受理当日，不计入' }])
      const other = await server.as(staff('supervisor', 'supervisor-liuzhou', { division: '450200' }))
      expect((await other.send('GET', `sla/attribution?applicationId=${red.id}`)).status).to.equal(404)
    })

    it('foretells lateness only of queues that finished something', async () => {
      const asked = async () => (await supervisor.get('sla/forecast')).counts
      // What is past its promise already needs no forecast.
      expect(await asked()).to.deep.equal({ queued: 1, late: 1, unknown: 0 })
      const later = await caseOf('resident-pension', { promised_due: '2026-04-30', red_due: '2026-05-06' })
      await task(later)
      expect(await asked()).to.deep.equal({ queued: 2, late: 1, unknown: 1 })
      await task(red, { state: 'completed', ended_at: server.ctx.clock.now() - 1, created_at: server.ctx.clock.now() - 86_400_000 })
      expect(await asked()).to.deep.equal({ queued: 2, late: 2, unknown: 0 })
    })

    it('goes out as CSV with its reason in the audit trail', async () => {
      const { body, headers } = await supervisor.send<string>('GET', `sla/export.csv?reason=${encodeURIComponent('月度通报')}`)
      expect(headers.get('content-type')).to.match(/^text\/csv/)
      const lines = body.trim().split('\r\n')
      expect(lines).to.have.length(8)
      expect(lines[0]).to.contain('办件编号,事项')
      expect(body).to.contain('红牌')
      const [noted] = await db('audit_event').where({ type: 'sla-exported' })
      expect(noted.actor_id).to.equal('supervisor-gx')
      expect(noted.text_enc).to.be.a('string').and.not.contain('月度通报')
      expect(body).to.contain('人力资源社会保障部门').and.contain('线上').and.not.match(/hrss,|online|reviewing/)
    })

    it('goes out as XLSX with the same rows and its reason', async () => {
      const answer = await fetch(`${server.url}/api/v1/sla/export.xlsx?colour=red&reason=${encodeURIComponent('督查')}`, { headers: { cookie: supervisor.cookie! } })
      const book = new ExcelJS.Workbook()
      await book.xlsx.load(await answer.arrayBuffer())
      const [sheet] = book.worksheets
      expect([sheet!.name, sheet!.actualRowCount, sheet!.getCell('G2').value]).to.deep.equal(['在办事项', 2, '红牌'])
      expect(await db('audit_event').where({ type: 'sla-exported' })).to.have.length(2)
    })

    for (const format of ['csv', 'xlsx']) {
      it(`goes out as ${format.toUpperCase()} without a reason, which is noted too`, async () => {
        expect((await supervisor.send('GET', `sla/export.${format}`)).status).to.equal(200)
        const noted = (await db('audit_event').where({ type: 'sla-exported', text_enc: null })).map(({ data }) => JSON.parse(data).format)
        expect(noted).to.include(format)
      })
    }
  })

  describe('督办', () => {
    it('goes to the desk of the item, is answered, checked, and noted each time', async () => {
      const one = await caseOf('resident-pension', { promised_due: '2026-03-20', red_due: '2026-03-23' })
      const sent = await supervisor.call('POST', 'sla/actions', { level: 'supervise', itemId: one.item, text: '已超期，请说明原因' })
      expect(sent).to.include({ levelText: '督办', stateText: '已发出', department: 'hrss', division: '450103', deadline: '2026-03-27' })
      const clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
      expect((await clerk.get('sla/actions')).actions.map(({ id }: any) => id)).to.include(sent.id)
      const about = async (id: string) => (await supervisor.get(`sla/actions?applicationId=${id}`)).actions.map((action: any) => action.id)
      expect([await about(one.id), await about(randomUUID())]).to.deep.equal([[sent.id], []])
      for (const stranger of [
        staff('clerk', 'medical-gx', { department: 'medical', division: '450103' }), staff('clerk', 'hrss-gx2', { department: 'hrss', division: '450200' })
      ]) {
        const as = await server.as(stranger)
        expect((await as.get('sla/actions')).actions.map(({ id }: any) => id)).to.not.include(sent.id)
        expect((await as.send('POST', `sla/actions/${sent.id}/answer`, { text: 'x' })).status).to.equal(404)
      }
      expect((await clerk.call('POST', `sla/actions/${sent.id}/acknowledge`, {})).state).to.equal('acknowledged')
      expect((await clerk.call('POST', `sla/actions/${sent.id}/answer`, { text: '今日办结' })).answer).to.equal('今日办结')
      expect((await clerk.send('POST', `sla/actions/${sent.id}/answer`, { text: '再答' })).body.code).to.equal('ACTION_MOVED_ON')
      expect((await supervisor.call('POST', `sla/actions/${sent.id}/check`, { isSettled: false })).state).to.equal('sent')
      await clerk.call('POST', `sla/actions/${sent.id}/answer`, { text: '已办结' })
      expect((await supervisor.call('POST', `sla/actions/${sent.id}/check`, { isSettled: true })).state).to.equal('closed')
      const { events } = await auditor.get(`audit?applicationId=${one.id}`)
      expect(events.map(({ type }: any) => type).reverse()).to.include.ordered.members([
        'application-submitted', 'oversight-action-sent', 'oversight-action-acknowledged', 'oversight-action-answered',
        'oversight-action-returned', 'oversight-action-answered', 'oversight-action-closed'
      ])
      expect(JSON.stringify(await db('oversight_action'))).not.to.match(/今日办结|请说明原因/)
    })

    it('may concern one clerk who has logged in, and names what it lacks', async () => {
      await saveStaff(db, { account: 'hrss-gx', region: 'guangxi', roles: ['clerk'], department: 'hrss', division: '450103' }, 1)
      const sent = await supervisor.call('POST', 'sla/actions', { level: 'remind', department: 'hrss', division: '450103', clerk: 'hrss-gx', text: '请办' })
      const colleague = await server.as(staff('clerk', 'hrss-gx9', { department: 'hrss', division: '450103' }))
      expect((await colleague.get('sla/actions')).actions.map(({ id }: any) => id)).to.not.include(sent.id)
      const wrong = await supervisor.send('POST', 'sla/actions', { level: 'remind', text: '请办' })
      expect([wrong.status, wrong.body.fields[0].path]).to.deep.equal([422, '/department'])
      const noted = (as: ApiClient) => as.get('audit?type=oversight-action-sent')
        .then(({ events }: any) => events.find(({ data }: any) => data.actionId === sent.id))
      expect(await noted(auditor)).to.deep.include({ number: null, actor: { role: 'supervisor', id: 'supervisor-gx' } })
      const nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
      expect(await noted(nanning)).to.equal(undefined)
      expect(await noted(await server.as(staff('auditor', 'auditor-nx', { region: 'ningxia' })))).to.equal(undefined)
      const outside = await nanning.send('POST', 'sla/actions', { level: 'remind', division: '450200', text: '请办' })
      expect(outside.body.fields[0]).to.include({ path: '/division' })
    })
  })

  describe('the audit trail', () => {
    const event = (chain: string) => ({ chain, type: 'test', actor: { role: 'system', id: 't' }, at: server.ctx.clock.now() })
    const caseWithEvents = async () => {
      const one = await caseOf('flexible-pension', { promised_due: '2026-03-24', red_due: '2026-03-25' })
      for (let count = 0; count < 4; count++) await appendAudit(db, event(one.id))
      return one.id
    }
    const broken = async (id: string) => {
      const { isIntact, broken: [first] } = await auditor.get(`audit/verify?applicationId=${id}`)
      return [isIntact, first?.position, first?.reason]
    }

    it('is found whole, and each damage at its first place', async () => {
      expect(await broken(await caseWithEvents())).to.deep.equal([true, undefined, undefined])
      const changed = await caseWithEvents()
      await db('audit_event').where({ chain: changed, seq: 3 }).update({ data: '{"x":1}' })
      expect(await broken(changed)).to.deep.equal([false, 3, 'hash'])
      const deleted = await caseWithEvents()
      await db('audit_event').where({ chain: deleted, seq: 2 }).delete()
      expect(await broken(deleted)).to.deep.equal([false, 3, 'gap'])
      const swapped = await caseWithEvents()
      await db('audit_event').where({ chain: swapped, seq: 2 }).update({ seq: 99 })
      await db('audit_event').where({ chain: swapped, seq: 3 }).update({ seq: 2 })
      await db('audit_event').where({ chain: swapped, seq: 99 }).update({ seq: 3 })
      expect(await broken(swapped)).to.deep.equal([false, 2, 'link'])
      const cut = await caseWithEvents()
      await db('audit_event').where({ chain: cut, seq: 5 }).delete()
      expect(await broken(cut)).to.deep.equal([false, 5, 'head'])
      const all = await auditor.get('audit/verify')
      expect(all.isIntact).to.equal(false)
      expect(all.broken.map(({ chain }: any) => chain)).to.have.members([changed, deleted, swapped, cut])
      expect(all.broken[0].text).to.match(/[\u4e00-\u9fff]/)
      expect(all.seals).to.have.property('isIntact')
      expect((await supervisor.get('audit/verify')).seals).to.equal(null)
    })

    it('is not recomputed further once whoever asked has gone', async () => {
      for (let count = 0; count < 400; count++) await insertApplication(db, { number: `gone-${count}` })
      const check = () => verifyAudit(server.ctx, staff('auditor', 'auditor-gx'))
      const gone = new AbortController()
      let chains = 0
      const listen = ({ sql }: { sql: string }) => {
        if (!sql.includes('kept_head')) return
        chains++
        gone.abort()
      }
      db.on('query', listen)
      const request = fetch(`${server.url}/api/v1/audit/verify`, { headers: { cookie: auditor.cookie }, signal: gone.signal })
      expect(await request.then(() => 'answered', () => 'gone')).to.equal('gone')
      expect(await check().then(() => 'begun', (error: { code: string }) => error.code), 'it is still at it').to.equal('TOO_MANY_REQUESTS')
      const { chains: all } = await until('another may begin', () => check().catch(() => undefined), 20_000)
      db.removeListener('query', listen)
      expect(chains).to.be.within(all + 1, 2 * all - 1)
      await db('application').whereLike('number', 'gone-%').delete()
    })

    it('is listed page by page, the newest first, and by filter', async () => {
      const id = await caseWithEvents()
      const first = await auditor.get(`audit?applicationId=${id}&limit=3`)
      const rest = await auditor.get(`audit?applicationId=${id}&limit=3&cursor=${first.cursor}`)
      expect([...first.events, ...rest.events]).to.have.length(5)
      expect((await auditor.get(`audit?applicationId=${id}&type=application-submitted`)).events).to.have.length(1)
      expect((await auditor.get(`audit?applicationId=${id}&from=2030-01-01T00:00:00Z`)).events).to.have.length(0)
      expect((await auditor.send('GET', 'audit?from=8895-92-41T70:99Z')).status).to.equal(400)
      const other = await server.as(staff('auditor', 'auditor-nx', { region: 'ningxia' }))
      expect((await other.get(`audit?applicationId=${id}`)).events).to.deep.equal([])
      expect((await other.send('GET', `audit/verify?applicationId=${id}`)).status).to.equal(404)
    })
  })

  describe('the workers', () => {
    it('that do not answer are told as such, with what waits for the engine', async () => {
      const { isAlive, clients, outbox } = await supervisor.get('workers')
      expect([isAlive, clients]).to.deep.equal([false, []])
      expect(outbox.pending).to.be.greaterThan(0)
    })
  })
})
