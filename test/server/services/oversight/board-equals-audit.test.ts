import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiClient } from '../../../../scripts/client.ts'
import type { ServerContext } from '../../../../server/context.ts'
import type { Correction } from '../../../../server/db/corrections.ts'
import { updateCorrection } from '../../../../server/db/corrections.ts'
import type { ItemRow } from '../../../../server/db/item-rows.ts'
import type { Item } from '../../../../server/db/items.ts'
import { axes } from '../../../../server/services/oversight/quality.ts'
import { followClock } from '../../../../server/services/oversight/follow-clock.ts'
import { declareOutage, finishOutage } from '../../../../server/services/oversight/outages.ts'
import { runStep } from '../../../../server/services/steps/run-step.ts'
import { endSpecial, startSpecial } from '../../../../server/services/tasks/special-procedure.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../../support/public-server.ts'
import type { PublicServer } from '../../../support/public-server.ts'
import { randomOf } from '../../../support/random.ts'
import { modelsOnly } from '../../support/case-context.ts'
import { decided, openWorkItem } from '../../support/task.ts'
import type { Moment, Trail, TrailEvent, TrailItem } from './board-from-events.ts'
import { colourOf, playTrail, ratesOf, within } from './board-from-events.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const SEED = Number(process.env.BOARD_SEED ?? 20260302)
/** Two and a half weeks with two free weekends; the board is compared on each of them. */
const DAYS = ['03', '04', '06', '07', '09', '10', '11', '12', '13', '16', '17', '18', '19', '20'].map(day => `2026-03-${day}`)
const CASES_A_DAY = 2
const SELECTIONS = [
  ['flexible-pension'], ['resident-pension'], ['resident-medical'], ['flexible-medical'], ['social-security-card'],
  ['archive-transfer', 'social-security-card'], ['resident-pension', 'flexible-medical', 'contribution'],
  ['flexible-pension', 'flexible-medical', 'contribution'], ['flexible-pension', 'contribution']
]
const PLACES = ['450103001001', '450203001001']
const WHOLE: Readonly<Record<string, string>> = { '450100': '4501', '': '' }
const REASONS = ['FIELD_INCORRECT', 'MATERIAL_UNCLEAR', 'X']
const supervisor = staff('supervisor', 'supervisor-gx')

onBothDatabases('the board against the audit trail', function (database) {
  let server: PublicServer
  let ctx: ServerContext
  const clients = new Map<string, ApiClient>()
  const random = randomOf(SEED)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  let next = 0

  before(async () => {
    server = await startPublicServer({ db: await database.openMigrated(), decisions: tableDecisions() })
    ctx = server.ctx
    Object.assign(ctx.engine, modelsOnly)
    for (const division of Object.keys(WHOLE)) {
      clients.set(division, await server.as(staff('supervisor', `supervisor-${division}`, { division: division || null })))
    }
  })
  after(() => server.stop())

  const step = (id: string, topic: string, variables: Record<string, string> = {}) =>
    runStep(ctx, id, `common.${topic}`, { taskId: randomUUID(), processInstanceId: 'instance', variables, worker: 'worker-1' })

  /** One person hands in a case; most are accepted on the same day. */
  async function handIn(): Promise<void> {
    const citizen = await server.citizen(next++)
    const matters = pick(SELECTIONS)
    const place = pick(PLACES)
    const id = await draftOf(citizen, matters, ({ common: { person }, items }) => {
      Object.assign(person, { householdDivision: place, residenceDivision: place })
      const rows = matters.filter(slug => slug !== 'contribution')
      const declared = (items.contribution?.rows ?? []) as object[]
      if (items.contribution) items.contribution.rows = rows.map((insurance, index) => ({ ...declared[index], insurance }))
    })
    await ctx.db('application').where({ id }).update({ channel: pick(['online', 'online', 'window', 'platform']) })
    const answer = await citizen.send('POST', `applications/${id}/submit`, confirmed(matters))
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202)
    if (random() < 0.9) await step(id, 'accept-application')
  }

  /** Lets something happen to an open item, or nothing. */
  async function happen(item: Item): Promise<void> {
    const correction = await ctx.db<Correction>('correction').where({ item_id: item.id, status: 'open' }).whereNotNull('opened_at').first()
    const special = await ctx.db('clock_interval').where({ subject_id: item.id, ended_on: null }).whereIn('kind', ['special', 'waiting'])
      .first() as object | undefined
    const rows = await ctx.db<ItemRow>('item_row').where({ item_id: item.id })
    if (random() < 0.25) return
    if (rows.length > 0) return happenToRow(item, pick(rows), correction)
    if (item.status === 'accepted') await step(item.id, 'open-item')
    else if (correction) await (random() < 0.7 ? handOver(item.id, correction) : step(item.id, 'lapse-correction'))
    else if (special) await endSpecial(ctx, clerkOf(item), await held(item))
    else await pick([
      () => step(item.id, 'conclude-item', { result: 'approved' }), () => step(item.id, 'conclude-item', { result: 'rejected' }),
      () => step(item.id, 'withdraw-item'), () => askToCorrect(item), () => askToCorrect(item), () => Promise.resolve(),
      async () => startSpecial(ctx, clerkOf(item), await held(item), { kind: pick(['hearing', 'other-department']), reason: '听取意见' })
    ])()
  }

  async function happenToRow(item: Item, row: ItemRow, correction: Correction | undefined): Promise<void> {
    if (row.status === 'waiting') {
      // A registration that came to nothing refuses its row; another one lets it begin.
      const isRegistered = random() < 0.8
      if (!isRegistered && random() < 0.5) await ctx.db('item').where({ id: item.id }).update({ withdraw_requested_at: ctx.clock.now() })
      await (isRegistered ? step(row.id, 'open-item') : step(item.application_id, 'decline-row', { insurance: row.insurance }))
    } else if (row.status === 'reviewing') {
      const own = correction && (await ctx.db('decision').join('work_item', 'work_item.id', 'decision.task_id')
        .where({ 'decision.id': correction.id }).first('work_item.row_id') as { row_id: string }).row_id === row.id
      if (own) await handOver(row.id, correction)
      else if (correction || random() < 0.6) await step(row.id, 'conclude-item', { result: pick(['approved', 'rejected']) })
      else await askToCorrect(item, row.id)
    }
  }

  const clerkOf = ({ department, division }: Item) => staff('clerk', `${department}-clerk`, { department, division })

  async function held(item: Item): Promise<string> {
    const { application_id, department, division, slug } = item
    const task = await openWorkItem(ctx, { application_id, item_id: item.id, department, division, slug })
    await ctx.db('work_item').where({ id: task.id }).update({ assignee: clerkOf(item).account })
    return task.id
  }

  async function askToCorrect(item: Item, rowId: string | null = null): Promise<void> {
    const task = await openWorkItem(ctx, { application_id: item.application_id, item_id: item.id, row_id: rowId })
    const id = await decided(ctx, task, 'correct', { reasonCode: 'X' })
    const materials = random() < 0.5 ? [{ code: 'm', reasonCode: pick(REASONS), text: '' }] : []
    await ctx.db('correction').where({ id }).update({ materials: JSON.stringify(materials) })
    await step(rowId ?? item.id, 'open-correction')
  }

  async function handOver(subjectId: string, { id }: Correction): Promise<void> {
    await updateCorrection(ctx.db, id, { status: 'submitted', submitted_at: ctx.clock.now() })
    await step(subjectId, 'resume-item')
  }

  /** `isThorough`: also along each axis of the quality page. */
  async function compare(day: string, isThorough: boolean): Promise<{ colours: Set<string>; decided: number }> {
    const events = await ctx.db('audit_event').orderBy(['chain', 'seq']) as TrailEvent[]
    const trail = playTrail(events)
    const now = ctx.clock.now()
    const seen = new Set<string>()
    for (const [division, divisionPrefix] of Object.entries(WHOLE)) {
      const moment: Moment = { now, region: 'guangxi', divisionPrefix, warnRemainingWorkingDays: 1, closingSoon: '22:00' }
      const told = await clients.get(division)!.get('sla/summary')
      const mine = within(trail, moment)
      const open = mine.filter(({ outcome }) => outcome === undefined)
      for (const item of open) seen.add(colourOf(item, trail, moment))
      const counts = (list: readonly TrailItem[]) => countColours(list, trail, moment)
      expect(plain(told.totals), `${day}, all`).to.deep.equal(counts(open))
      for (const [name, keyOf] of Object.entries(CUTS)) {
        expect(told[name].map((slice: any) => [slice.key, plain(slice)]), `${day}, ${name}`).to.deep.equal(slicesOf(open, keyOf, counts))
      }
      const ended = mine.filter(({ decidedAt }) => decidedAt !== undefined)
      const { windowDays: _days, byMatter, ...rates } = told.decided
      expect(rates, `${day}, decided`).to.deep.equal(ratesOf(ended))
      expect(byMatter.map(({ key, title: _title, ...one }: any) => [key, one]).sort(), `${day}, decided by matter`)
        .to.deep.equal(slicesOf(ended, ({ slug }) => slug, ratesOf))
      if (isThorough) await compareQuality(clients.get(division)!, { trail, ended, day, moment })
    }
    return { colours: seen, decided: trail.items.filter(({ outcome }) => outcome).length }
  }

  async function compareQuality(
    client: ApiClient, { trail, ended, day, moment }: { trail: Trail; ended: TrailItem[]; day: string; moment: Moment }
  ): Promise<void> {
    for (const by of axes) {
      const told = await client.get(`sla/quality?by=${by}`)
      const keyOf = (item: TrailItem): string => by === 'city' ? `${item.division.slice(0, 4)}00` : item[by]
      expect(told.slices.map((slice: any) => [slice.key, onlyRates(slice)]), `${day}, by ${by}`).to.deep.equal(slicesOf(ended, keyOf, ratesOf))
      const mine = new Set(within(trail, moment))
      const codes = trail.asked.filter(({ item }) => mine.has(item)).map(({ code }) => code)
      expect(Object.fromEntries(told.corrections.map(({ code, count }: any) => [code, count])), `${day}, corrections`)
        .to.deep.equal(Object.fromEntries([...new Set(codes)].map(code => [code, codes.filter(one => one === code).length])))
    }
  }

  it(`differs by nothing on any of ${DAYS.length} days, cut by cut`, async function () {
    this.timeout(120_000)
    const seen = new Set<string>()
    let ended = 0
    let outage: string | undefined
    for (const [index, day] of DAYS.entries()) {
      ctx.clock.set(`${day}T${pick(['10:00', '21:59', '22:01'])}:00+08:00`)
      for (let count = 0; count < CASES_A_DAY; count++) await handIn()
      const open = await ctx.db<Item>('item').whereIn('status', ['accepted', 'waiting', 'reviewing', 'correcting']).whereNull('decided_at')
      for (const item of open.sort((one, other) => Number(one.created_at) - Number(other.created_at))) await happen(item)
      if (index === 4) outage = (await declareOutage(ctx, supervisor, { department: 'medical', division: '450200', startedOn: day, reason: '停机' })).id
      if (index === 6) await finishOutage(ctx, supervisor, outage!)
      await followClock(ctx)
      const found = await compare(day, index % 4 === 1)
      for (const colour of found.colours) seen.add(colour)
      ended = found.decided
    }
    expect([...seen].sort(), 'every colour was on the board').to.deep.equal(['atRisk', 'onTrack', 'overdue', 'red', 'stopped'])
    expect(ended, 'decided').to.be.greaterThan(15)
  })
})

const CUTS: Readonly<Record<string, (item: TrailItem) => string>> = {
  byDepartment: ({ department }) => department, byMatter: ({ slug }) => slug,
  byDivision: ({ division }) => division, byChannel: ({ channel }) => channel
}
const COLOURS = ['onTrack', 'atRisk', 'overdue', 'red', 'stopped'] as const

function countColours(list: readonly TrailItem[], trail: Trail, moment: Moment) {
  const colours = list.map(item => colourOf(item, trail, moment))
  return { open: list.length, ...Object.fromEntries(COLOURS.map(name => [name, colours.filter(one => one === name).length])) }
}

function slicesOf<T>(list: readonly TrailItem[], keyOf: (item: TrailItem) => string, of: (part: readonly TrailItem[]) => T): [string, T][] {
  return [...new Set(list.map(keyOf))].sort().map(key => [key, of(list.filter(item => keyOf(item) === key))])
}

const plain = ({ open, onTrack, atRisk, overdue, red, stopped }: any) => ({ open, onTrack, atRisk, overdue, red, stopped })

const onlyRates = ({ decided: count, approved, rejected, withdrawn, onTimeRate, immediateRate, atOnceRate }: any) =>
  ({ decided: count, approved, rejected, withdrawn, onTimeRate, immediateRate, atOnceRate })
