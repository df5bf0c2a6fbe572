import { randomUUID } from 'node:crypto'
import { addDays, formatInstant, isDate } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { FieldProblem } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { auditActor, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { endOutage, findOutage, insertOutage, listOutages } from '../../db/outages.ts'
import type { Outage } from '../../db/outages.ts'
import { departmentName } from '../../regions/titles.ts'
import { overseen } from './sla-days.ts'

export interface NewOutage {
  readonly department?: string
  readonly division?: string
  readonly startedOn: string
  /** Left out while it lasts. */
  readonly endedOn?: string
  readonly reason: string
}

const SHOWN = 50
/** An outage is declared while people remember it. */
const DAYS_BACK = 60

export async function outagesFor(ctx: ServerContext, actor: Actor) {
  const { region, remit } = overseen(ctx, actor)
  return { outages: (await listOutages(ctx.db, remit, SHOWN)).map(outage => outageView(ctx, region, outage)) }
}

/**
 * Declares that a system was out: the days do not count for the open items of a department and division, which are dated anew
 * one by one. Throws AppError FORM_INVALID (422).
 */
export async function declareOutage(ctx: ServerContext, actor: Actor, input: NewOutage) {
  const { region, remit, days } = overseen(ctx, actor)
  const fields = problemsOf(region, actor, input, days.today)
  if (fields.length > 0) throw new AppError('FORM_INVALID', { fields })
  const id = randomUUID()
  const outage: Outage = {
    id, region: remit.region, department: input.department ?? null, division: input.division ?? actor.division,
    started_on: input.startedOn, ended_on: input.endedOn ?? null,
    reason_enc: ctx.crypto.encrypt('outage', 'reason_enc', id, input.reason.trim()),
    declared_by: idOf(actor), declared_at: ctx.clock.now(), ended_by: null, ended_at: null, applied_at: null, applied_items: null
  }
  await ctx.db.transaction(async trx => {
    await insertOutage(trx, outage)
    await note(trx, ctx, actor, outage, { type: 'outage-declared', text: input.reason.trim() })
  })
  return outageView(ctx, region, outage)
}

/** It is over: today is the last day that does not count. Throws AppError NOT_FOUND, OUTAGE_ENDED (409). */
export async function finishOutage(ctx: ServerContext, actor: Actor, id: string) {
  const { region, remit, days } = overseen(ctx, actor)
  const outage = await findOutage(ctx.db, remit, id)
  if (!outage || !coversDivision(actor.division, outage.division ?? region.code)) throw new AppError('NOT_FOUND')
  const patch = { ended_on: days.today, ended_by: idOf(actor), ended_at: ctx.clock.now() }
  await ctx.db.transaction(async trx => {
    if (!await endOutage(trx, id, patch)) throw new AppError('OUTAGE_ENDED')
    await note(trx, ctx, actor, { ...outage, ...patch }, { type: 'outage-ended' })
  })
  return outageView(ctx, region, { ...outage, ...patch, applied_at: null })
}

function problemsOf(
  region: Region, actor: Actor, { department, division, startedOn, endedOn }: NewOutage, today: string
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const say = (path: string, code: string, message: string): void => { problems.push({ path, code, message }) }
  if (department !== undefined && !region.departments.some(({ slug }) => slug === department)) {
    say('/department', 'ENUM', '没有这个部门')
  }
  const isOwn = (one: string): boolean => region.divisions.some(({ code }) => code === one) && coversDivision(actor.division, one)
  if (division !== undefined && !isOwn(division)) {
    say('/division', 'ENUM', '不在您监督的区划内')
  }
  if (!isDate(startedOn) || startedOn > today || startedOn < addDays(today, -DAYS_BACK)) {
    say('/startedOn', 'RANGE', `开始日期须在 ${addDays(today, -DAYS_BACK)} 至 ${today} 之间`)
  }
  if (endedOn !== undefined && (!isDate(endedOn) || endedOn < startedOn || endedOn > today)) {
    say('/endedOn', 'RANGE', '结束日期不能早于开始日期，也不能晚于今天')
  }
  return problems
}

async function note(
  trx: ServerContext['db'], { clock, crypto }: ServerContext, actor: Actor, outage: Outage, { type, text }: { type: string; text?: string }
): Promise<void> {
  const { id, region, department, division, started_on: startedOn, ended_on: endedOn } = outage
  await appendAudit(trx, {
    chain: 'system', type, actor: auditActor(actor), text, at: clock.now(),
    data: { outageId: id, region, department, division, startedOn, endedOn }
  }, crypto)
}

function outageView({ crypto }: ServerContext, region: Region, outage: Outage) {
  return {
    id: outage.id, department: outage.department,
    departmentName: outage.department === null ? null : departmentName(region, outage.department),
    division: outage.division, startedOn: outage.started_on, endedOn: outage.ended_on,
    reason: crypto.decrypt('outage', 'reason_enc', outage.id, outage.reason_enc),
    declaredBy: outage.declared_by, declaredAt: formatInstant(outage.declared_at), endedBy: outage.ended_by,
    appliedAt: outage.applied_at === null ? null : formatInstant(outage.applied_at), appliedItems: outage.applied_items
  }
}
