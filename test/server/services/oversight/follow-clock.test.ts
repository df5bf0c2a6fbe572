import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { endOfDay, instantOf, NEVER } from '../../../../core/dates.ts'
import type { Deadline } from '../../../../core/legal-clock.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { readChain } from '../../../../server/db/audit.ts'
import { seedCalendar } from '../../../../server/db/calendar.ts'
import { findIntervals, openInterval } from '../../../../server/db/clock-intervals.ts'
import { findItem, updateItem } from '../../../../server/db/items.ts'
import { clockFrom, dateColumns } from '../../../../server/services/legal-dates.ts'
import { proposeYear, publishYear } from '../../../../server/services/oversight/calendar-import.ts'
import { followClock } from '../../../../server/services/oversight/follow-clock.ts'
import { declareOutage, finishOutage, outagesFor } from '../../../../server/services/oversight/outages.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { staff } from '../../../support/public-server.ts'
import { published2027 } from '../../support/calendar-2027.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import type { TestCase } from '../../support/case-context.ts'
import { openWorkItem } from '../../support/task.ts'

const supervisor = staff('supervisor', 'supervisor-gx')

onBothDatabases('services/oversight/follow-clock', database => {
  let ctx: ServerContext
  let now = 0
  before(async () => {
    ctx = testContext(await database.openMigrated(), { real: () => now })
    await seedCalendar(ctx.db, calendarYears, 1)
  })

  /** A case of these matters, accepted at an instant, each item at a desk with the promise of so many working days. */
  async function accepted(day: string, matters: readonly string[], promisedWorkingDays: number, division = '450103'): Promise<TestCase> {
    now = instantOf(day, '10:00')
    const one = await submittedCase(ctx, { matters })
    await ctx.db('application').where({ id: one.id }).update({ accepted_at: now, accepted_on: day })
    const deadline: Deadline = { kind: 'promised', promisedWorkingDays, statutoryWorkingDays: null }
    const clock = clockFrom({ region: ctx.regions.get('guangxi'), calendar: ctx.calendar }, deadline, now)
    for (const slug of matters) {
      const id = one.item(slug)
      await updateItem(ctx.db, id, { status: 'reviewing', division, ...dateColumns(deadline, clock) }, now)
      await openInterval(ctx.db, { subjectId: id, kind: 'running', startedOn: day })
      await openWorkItem(ctx, { application_id: one.id, item_id: id, slug, due_at: clock.promisedAt })
    }
    return one
  }
  const timersOf = async (itemId: string): Promise<{ warnAt: number; promisedAt: number; redAt: number }[]> =>
    (await ctx.db('outbox').where({ kind: 'set-clock-timers', aggregate_id: itemId }).orderBy('created_at').pluck('payload') as string[])
      .map(text => JSON.parse(text) as never)
  const due = async (itemId: string) => (await findItem(ctx.db, itemId))!.promised_due
  const desk = async (itemId: string) => Number((await ctx.db('work_item').where({ item_id: itemId }).first('due_at') as { due_at: number }).due_at)

  it('dates open items anew when a year is published, and takes the 暂定 from them', async () => {
    const one = await accepted('2027-02-03', ['resident-pension'], 5)
    const untouched = await accepted('2026-03-24', ['resident-pension'], 3, '450200')
    const done = await accepted('2027-02-03', ['resident-pension'], 5)
    await updateItem(ctx.db, done.item('resident-pension'), { outcome: 'approved', status: 'approved', decided_at: now }, now)
    const itemId = one.item('resident-pension')
    expect(await findItem(ctx.db, itemId)).to.include({ promised_due: '2027-02-12', is_provisional: true })
    const { id } = await proposeYear(ctx, supervisor, published2027)
    expect(await followClock(ctx), 'before a second person').to.equal(0)
    await publishYear(ctx, staff('supervisor', 'supervisor-nx', { region: 'ningxia' }), id)
    expect(await followClock(ctx)).to.equal(1)
    expect(await findItem(ctx.db, itemId)).to.include({ promised_due: '2027-02-18', red_due: '2027-02-19', is_provisional: false, promised_days: 5 })
    expect((await timersOf(itemId)).map(({ promisedAt, redAt }) => [promisedAt, redAt])).to.deep.equal([[endOfDay('2027-02-18'), endOfDay('2027-02-19')]])
    expect(await desk(itemId)).to.equal(endOfDay('2027-02-18'))
    const [event] = (await readChain(ctx.db, one.id)).filter(({ type }) => type === 'clock-redated')
    expect(JSON.parse(event!.data)).to.include({ cause: 'calendar', causeId: id, promisedBefore: '2027-02-12', promisedDue: '2027-02-18' })
    expect(await ctx.db('calendar_import').where({ id }).first()).to.include({ redated_items: 1 })
    expect([await due(untouched.item('resident-pension')), await due(done.item('resident-pension'))]).to.deep.equal(['2026-03-27', '2027-02-12'])
    expect(await followClock(ctx), 'once').to.equal(0)
  })

  it('does not count the days of a declared outage for the items that it concerns', async () => {
    const one = await accepted('2026-03-24', ['resident-pension', 'resident-medical'], 3)
    const elsewhere = await accepted('2026-03-24', ['resident-pension'], 3, '450200')
    now = instantOf('2026-03-26', '17:00')
    const later = await accepted('2026-03-26', ['resident-pension'], 3)
    const { id } = await declareOutage(ctx, supervisor, { department: 'hrss', division: '450100', startedOn: '2026-03-25', endedOn: '2026-03-26', reason: '核心平台停机' })
    await followClock(ctx)
    // 25 and 26 March do not count: 27, 30 and 31 are the three days.
    expect(await due(one.item('resident-pension'))).to.equal('2026-03-31')
    expect(await due(later.item('resident-pension'))).to.equal('2026-03-31')
    expect([await due(one.item('resident-medical')), await due(elsewhere.item('resident-pension'))]).to.deep.equal(['2026-03-27', '2026-03-27'])
    expect((await timersOf(one.item('resident-pension'))).map(({ promisedAt }) => promisedAt)).to.deep.equal([endOfDay('2026-03-31')])
    expect((await findIntervals(ctx.db, one.item('resident-pension'))).map(({ kind }) => kind)).to.deep.equal(['running', 'outage'])
    await followClock(ctx)
    expect(await timersOf(one.item('resident-pension')), 'once').to.have.length(1)
    expect((await outagesFor(ctx, supervisor)).outages.find(outage => outage.id === id)).to.include({ reason: '核心平台停机', appliedItems: 2 })
    expect(JSON.stringify(await ctx.db('outage'))).to.not.contain('核心平台')
  })

  it('lets clocks stand while an outage lasts, those of newcomers too, and run on after it', async () => {
    const one = await accepted('2026-04-13', ['resident-pension'], 3)
    const itemId = one.item('resident-pension')
    now = instantOf('2026-04-14', '09:00')
    const { id } = await declareOutage(ctx, supervisor, { startedOn: '2026-04-14', reason: '市电中断' })
    await followClock(ctx)
    expect((await timersOf(itemId)).at(-1)).to.deep.equal({ warnAt: NEVER, promisedAt: NEVER, redAt: NEVER })
    expect([await due(itemId), await desk(itemId)]).to.deep.equal(['2026-04-16', NEVER])
    const newcomer = (await accepted('2026-04-15', ['resident-pension'], 3)).item('resident-pension')
    await followClock(ctx)
    expect((await timersOf(newcomer)).at(-1)!.promisedAt).to.equal(NEVER)
    await finishOutage(ctx, supervisor, id)
    await followClock(ctx)
    // 14 and 15 April do not count: 16, 17 and 20.
    expect([await due(itemId), await due(newcomer)]).to.deep.equal(['2026-04-20', '2026-04-20'])
    expect((await timersOf(itemId)).at(-1)!.promisedAt).to.equal(endOfDay('2026-04-20'))
    expect(await desk(itemId)).to.equal(endOfDay('2026-04-20'))
    expect(await finishOutage(ctx, supervisor, id).catch((error: { code?: string }) => error.code)).to.equal('OUTAGE_ENDED')
  })

  it('takes no outage from tomorrow, from long ago, or of somebody else', async () => {
    now = instantOf('2026-04-21', '09:00')
    const refused = (input: object, actor = supervisor) => declareOutage(ctx, actor, { startedOn: '2026-04-20', reason: 'x', ...input })
      .then(() => [], (error: { fields?: { path: string }[] }) => error.fields?.map(({ path }) => path))
    expect(await refused({ startedOn: '2026-04-22' })).to.deep.equal(['/startedOn'])
    expect(await refused({ startedOn: '2025-04-22' })).to.deep.equal(['/startedOn'])
    expect(await refused({ endedOn: '2026-04-19' })).to.deep.equal(['/endedOn'])
    expect(await refused({ department: 'police' })).to.deep.equal(['/department'])
    expect(await refused({ division: '450200' }, staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))).to.deep.equal(['/division'])
  })
})
