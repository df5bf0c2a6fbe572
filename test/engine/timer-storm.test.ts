import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { addDays, endOfDay, instantOf } from '../../core/dates.ts'
import type { Deadline } from '../../core/legal-clock.ts'
import type { ServerContext } from '../../server/context.ts'
import { connect } from '../../server/db/connect.ts'
import { openInterval } from '../../server/db/clock-intervals.ts'
import { findOpenCorrection, updateCorrection } from '../../server/db/corrections.ts'
import { findItem, updateItem } from '../../server/db/items.ts'
import { migrate } from '../../server/db/migrate.ts'
import { addToOutbox } from '../../server/db/outbox.ts'
import { findMilestones } from '../../server/db/sla-milestones.ts'
import type { Background } from '../../server/engine/background.ts'
import { startBackground } from '../../server/engine/background.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { setBusinessTime } from '../../server/services/business-time.ts'
import { clockFrom, dateColumns } from '../../server/services/legal-dates.ts'
import { slaSummary } from '../../server/services/oversight/sla-summary.ts'
import { claimTask } from '../../server/services/tasks/claim-task.ts'
import { completeTask } from '../../server/services/tasks/complete-task.ts'
import { submittedCase, testContext } from '../server/support/case-context.ts'
import { StepWorker } from '../server/support/step-worker.ts'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { startPostgres } from '../support/postgres.ts'
import type { RunningPostgres } from '../support/postgres.ts'
import { staff } from '../support/public-server.ts'
import { stackFromEnvironment } from '../support/stack.ts'
import { until } from '../support/until.ts'

/** Items whose timers fire together; TIMER_ITEMS=500 for the figure of a whole city's morning. */
const ITEMS = Number(process.env.TIMER_ITEMS ?? 8)
const PATIENCE = 60_000 + ITEMS * 1_000
const stack = stackFromEnvironment()
const supervisor = staff('supervisor', 'supervisor-gx')
const clerk = staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' })
/** A Wednesday; three working days end on Monday 30 November, red is the day after. */
const ACCEPTED = '2026-11-25'
const deadline: Deadline = { kind: 'promised', promisedWorkingDays: 3, statutoryWorkingDays: null }

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1)

describe(`预警, 黄牌 and 红牌 of ${ITEMS} items on ${stack.engine} and ${stack.database}`, function () {
  this.timeout(10 * PATIENCE)
  const folder = mkdtempSync(join(tmpdir(), 'storm-'))
  let postgres: RunningPostgres | undefined
  let engine: RunningEngine
  let db: Knex
  let ctx: ServerContext
  let worker: StepWorker
  let background: Background
  const items: string[] = []

  before(async () => {
    postgres = stack.database === 'postgres' ? await startPostgres() : undefined
    await postgres?.createDatabase('engine')
    db = connect({ databaseUrl: await postgres?.createDatabase('server') ?? '', dataDir: folder })
    await migrate(db)
    ctx = testContext(db, { real: Date.now, dataDir: folder })
    ctx.clock.set(`${ACCEPTED}T10:00:00+08:00`)
    await boot()
    await deployRegion(ctx.engine, 'processes/guangxi')
    for (let count = 0; count < ITEMS; count++) items.push(await accepted())
    const known = new Set<string>()
    await until('every review', async () => {
      await worker.pump()
      for (const id of await db('work_item').where({ state: 'open' }).pluck('item_id') as string[]) known.add(id)
      return known.size === ITEMS
    }, PATIENCE)
  })
  after(async () => {
    await background?.stop()
    ctx?.engine.close()
    await engine?.stop()
    await db?.destroy()
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Starts the engine on what is on the disk, and the server's loops on the engine. */
  async function boot(): Promise<void> {
    const database = postgres
      ? { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password }
      : { url: `jdbc:h2:file:${folder}/engine;WRITE_DELAY=0`, user: 'sa', password: '' }
    engine = await startEngine({ profile: stack.engine, database })
    ctx = { ...ctx, engine: createEngineGateway({ ...engine, clock: ctx.clock, log: ctx.log }) }
    worker = new StepWorker(ctx, engine)
    background = startBackground(ctx)
  }

  async function accepted(): Promise<string> {
    const one = await submittedCase(ctx, { matters: ['resident-pension'] })
    const id = one.item('resident-pension')
    const at = ctx.clock.now()
    await db('application').where({ id: one.id }).update({ accepted_at: at, accepted_on: ACCEPTED })
    const clock = clockFrom({ region: ctx.regions.get('guangxi'), calendar: ctx.calendar }, deadline, at)
    await updateItem(db, id, { status: 'accepted', ...dateColumns(deadline, clock) }, at)
    await openInterval(db, { subjectId: id, kind: 'running', startedOn: ACCEPTED })
    await ctx.engine.startProcess('guangxi-resident-pension', id, {
      applicationId: one.id, itemId: id, region: 'guangxi', division: '450103', channel: 'online'
    })
    return id
  }

  const fired = async (kind: string): Promise<number> => Number((await db('sla_milestone').where({ kind }).count('* as count').first())!.count)
  const afterDay = (day: string) => setBusinessTime(ctx, new Date(instantOf(addDays(day, 1), '00:30')).toISOString())

  /** What the board counts, and what the audit events say, item by item: the highest light that was lit. */
  async function bothCounts() {
    const { totals } = await slaSummary(ctx, supervisor)
    const lit = new Map<string, string>()
    for (const { item_id, data } of await db('audit_event').where({ type: 'sla-milestone' }).orderBy(['chain', 'seq']) as { item_id: string; data: string }[]) {
      lit.set(item_id, (JSON.parse(data) as { kind: string }).kind)
    }
    const count = (kind: string): number => [...lit.values()].filter(one => one === kind).length
    return { board: [totals.onTrack, totals.atRisk, totals.overdue, totals.red], audit: [ITEMS - lit.size, count('warn'), count('yellow'), count('red')] }
  }

  it('are moved by a correction', async () => {
    const [id] = items as [string]
    const task = await db('work_item').where({ item_id: id, state: 'open' }).first('id') as { id: string }
    await claimTask(ctx, clerk, task.id)
    await completeTask(ctx, clerk, task.id, {
      decision: 'correct', correction: { fields: [{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '请核对' }], materials: [] }
    })
    const correction = await until('the correction', async () => {
      await worker.pump()
      return await findOpenCorrection(db, id) ?? undefined
    }, PATIENCE)
    await afterDay(ACCEPTED)
    await db.transaction(async trx => {
      await updateCorrection(trx, correction.id, { status: 'submitted', submitted_at: ctx.clock.now() })
      await addToOutbox(trx, {
        kind: 'correlate-message', aggregateId: id, payload: { message: 'CorrectionSubmitted', businessKey: id, correctionId: correction.id }
      })
    })
    await until('the review after it', async () => {
      await worker.pump()
      return await db('work_item').where({ item_id: id, state: 'open' }).whereNot({ id: task.id }).first() as object | undefined
    }, PATIENCE)
    // 25 and 26 November do not count: 27, 30 and 1 December do.
    expect(await findItem(db, id)).to.include({ promised_due: '2026-12-01', red_due: '2026-12-02' })
    const instance = (await ctx.engine.findInstancesByBusinessKey(id)).find(({ endedAt }) => endedAt === null)!
    const [timer] = await ctx.engine.timersOf(instance.id, 'BoundaryEvent_SlaPromised')
    expect(timer!.dueAt! + ctx.clock.offset).to.be.closeTo(endOfDay('2026-12-01'), 1000)
  })

  it('fire once each and in order, though the engine is killed in the middle; the board says what the audit says', async () => {
    await afterDay('2026-11-27')
    await until('every 预警 but one', async () => await fired('warn') === ITEMS - 1, PATIENCE)
    expect(await bothCounts()).to.deep.equal({ board: [1, ITEMS - 1, 0, 0], audit: [1, ITEMS - 1, 0, 0] })
    await afterDay('2026-11-30')
    await until('some 黄牌', async () => await fired('yellow') > 0, PATIENCE)
    await background.stop()
    ctx.engine.close()
    await engine.stop() // by SIGKILL
    const before = await fired('yellow')
    const killed = Date.now()
    await boot()
    await until('every 黄牌 but one', async () => await fired('yellow') >= ITEMS - 1 && await fired('warn') === ITEMS, PATIENCE)
    process.stdout.write(`      killed after ${before} 黄牌; all ${ITEMS - 1} within ${seconds(killed)} s of it, restart included\n`)
    expect(await bothCounts()).to.deep.equal({ board: [0, 1, ITEMS - 1, 0], audit: [0, 1, ITEMS - 1, 0] })
    const begun = Date.now()
    await afterDay('2026-12-02')
    const moved = seconds(begun)
    await until('every 红牌', async () => await fired('red') >= ITEMS, PATIENCE)
    process.stdout.write(`      ${ITEMS} 红牌 (and the last 黄牌) within ${seconds(begun)} s, ${moved} s of them for moving the clock\n`)
    expect(await bothCounts()).to.deep.equal({ board: [0, 0, 0, ITEMS], audit: [0, 0, 0, ITEMS] })
    const milestones = await findMilestones(db, items)
    for (const id of items) expect(milestones.get(id)!.map(({ kind }) => kind), id).to.deep.equal(['warn', 'yellow', 'red'])
    expect(await db('audit_event').where({ type: 'sla-milestone' })).to.have.length(3 * ITEMS)
  })
})
