import { randomUUID } from 'node:crypto'
import { checkArrangement, compareCalendars, withYear } from '../../../core/calendar/arrangement.ts'
import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { CalendarDay, CalendarYear } from '../../../core/working-days.ts'
import { createCalendar } from '../../../core/working-days.ts'
import { auditActor, hasRole, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { readCalendarYears, saveYear } from '../../db/calendar.ts'
import { decideImport, findImport, insertImport, listImports, parseDays } from '../../db/calendar-imports.ts'
import type { CalendarImport, ImportState } from '../../db/calendar-imports.ts'

export interface NewArrangement {
  readonly year: number
  readonly papers: readonly string[]
  readonly source: string
  readonly days: readonly CalendarDay[]
}

const STATES: Readonly<Record<ImportState, string>> = { proposed: '待另一人确认', published: '已发布', rejected: '已退回' }
const SHOWN = 20

/** The arrangements in force, and those that somebody brought in, the newest first. */
export async function calendarState(ctx: ServerContext) {
  const years = await readCalendarYears(ctx.db)
  const imports = await listImports(ctx.db, SHOWN)
  return {
    years: years.map(({ year, status, papers, days }) => ({ year, status, isProvisional: status === 'provisional', papers, days })),
    imports: imports.map(importView)
  }
}

/** One that was brought in, with what it changes. Throws AppError NOT_FOUND. */
export async function calendarImport(ctx: ServerContext, id: string) {
  const row = await findImport(ctx.db, id)
  if (!row) throw new AppError('NOT_FOUND')
  return withChanges(ctx, row)
}

/**
 * Brings in the arrangement of a year; nothing changes until another person publishes it. Throws AppError FORBIDDEN for whoever
 * answers for a part of a region only, FORM_INVALID (422).
 */
export async function proposeYear(ctx: ServerContext, actor: Actor, arrangement: NewArrangement) {
  const { year, papers, source, days } = arrangement
  requireWhole(actor)
  const problems = checkArrangement({ year, days })
  if (problems.length > 0) throw new AppError('FORM_INVALID', { fields: problems })
  const row: CalendarImport = {
    id: randomUUID(), year, papers: JSON.stringify(papers), source, state: 'proposed',
    days: JSON.stringify([...days].sort((one, other) => (one.date < other.date ? -1 : 1))),
    proposed_by: idOf(actor), proposed_at: ctx.clock.now(), decided_by: null, decided_at: null,
    redated_at: null, redated_items: null
  }
  await ctx.db.transaction(async trx => {
    await insertImport(trx, row)
    await note(trx, ctx, actor, row, 'calendar-proposed')
  })
  return withChanges(ctx, row)
}

/**
 * Publishes what another person brought in. From now on every date is reckoned by it; those of the open items and the engine's
 * timers follow one by one. Throws AppError NOT_FOUND, SECOND_PERSON_REQUIRED (403), CALENDAR_IMPORT_DECIDED (409).
 */
export async function publishYear(ctx: ServerContext, actor: Actor, id: string) {
  const row = await decide(ctx, actor, id, 'published')
  ctx.calendar.replace(await readCalendarYears(ctx.db))
  return withChanges(ctx, row)
}

/** Sends it back; it is never published. Throws AppError NOT_FOUND, CALENDAR_IMPORT_DECIDED (409). */
export async function rejectYear(ctx: ServerContext, actor: Actor, id: string) {
  return importView(await decide(ctx, actor, id, 'rejected'))
}

async function decide(ctx: ServerContext, actor: Actor, id: string, state: 'published' | 'rejected'): Promise<CalendarImport> {
  requireWhole(actor)
  const row = await findImport(ctx.db, id)
  if (!row) throw new AppError('NOT_FOUND')
  if (state === 'published' && row.proposed_by === idOf(actor)) throw new AppError('SECOND_PERSON_REQUIRED')
  const patch = { state, decided_by: idOf(actor), decided_at: ctx.clock.now() }
  await ctx.db.transaction(async trx => {
    if (!await decideImport(trx, id, patch)) throw new AppError('CALENDAR_IMPORT_DECIDED')
    if (state === 'published') await saveYear(trx, arrangementOf(row), idOf(actor), ctx.clock.now())
    await note(trx, ctx, actor, row, `calendar-${state}`)
  })
  return { ...row, ...patch }
}

/** The calendar is the same for all regions and divisions: who answers for a part of one does not change it. */
function requireWhole(actor: Actor): void {
  if (!hasRole(actor, 'admin') && actor.division !== null) throw new AppError('FORBIDDEN')
}

const arrangementOf = (row: CalendarImport): CalendarYear =>
  ({ year: row.year, status: 'published', papers: JSON.parse(row.papers) as string[], days: parseDays(row) })

/** What the arrangement changes against the one in force; once published, nothing any more. */
async function withChanges({ db }: ServerContext, row: CalendarImport) {
  const years = await readCalendarYears(db)
  const after = createCalendar(withYear(years, arrangementOf(row)))
  return { ...importView(row), days: parseDays(row), changes: compareCalendars(createCalendar(years), after, row.year) }
}

async function note(
  trx: ServerContext['db'], { clock }: ServerContext, actor: Actor, row: CalendarImport, type: string
): Promise<void> {
  const { id, year, papers, source, proposed_by } = row
  await appendAudit(trx, {
    chain: 'system', type, actor: auditActor(actor), at: clock.now(),
    data: { importId: id, year, papers: JSON.parse(papers) as string[], source, proposedBy: proposed_by, region: 'all' }
  })
}

function importView(row: CalendarImport) {
  return {
    id: row.id, year: row.year, papers: JSON.parse(row.papers) as string[], source: row.source,
    state: row.state, stateText: STATES[row.state], proposedBy: row.proposed_by, proposedAt: formatInstant(row.proposed_at),
    decidedBy: row.decided_by, decidedAt: row.decided_at === null ? null : formatInstant(row.decided_at),
    redatedAt: row.redated_at === null ? null : formatInstant(row.redated_at), redatedItems: row.redated_items
  }
}
