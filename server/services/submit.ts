import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import { auditActor } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { findApplication, mattersOf, readContent, updateApplication } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import { appendAudit } from '../db/audit.ts'
import { isPostgres } from '../db/connect.ts'
import { insertRows } from '../db/item-rows.ts'
import { findOpenItemsOfPerson, insertItems } from '../db/items.ts'
import type { OpenItem } from '../db/items.ts'
import { addToOutbox } from '../db/outbox.ts'
import { requireDraft, requireVersion } from './applications.ts'
import { identityProblems } from './forms/own-identity.ts'
import { openItemConflicts } from './policy/exclusivity.ts'
import { issueNumber } from './numbering.ts'
import { personKey } from './person-keys.ts'
import { planSubmission } from './submission-plan.ts'
import type { Submission, SubmissionPlan } from './submission-plan.ts'
import { submittedColumns, submittedItems, submittedRows } from './submission-rows.ts'

export interface Submitted {
  readonly id: string
  readonly number: string
  readonly status: 'submitted'
}

/** So often the open items may change between the question to the rules and the transaction. */
const MAX_ATTEMPTS = 5

/**
 * Submits a draft: number, items, audit event and the order to start the process, all or nothing. Of several at once exactly one
 * succeeds. Throws AppError ALREADY_SUBMITTED, OPEN_ITEM_CONFLICT, then MATTER_REQUIRED, APPLICATION_CONFLICT, FORM_INVALID,
 * NOTICE_NOT_CONFIRMED, DECLARATION_REQUIRED, then what changed meanwhile, VERSION_CONFLICT; nothing is written then.
 */
export async function submitApplication(
  ctx: ServerContext, actor: Actor, application: Application, submission: Submission
): Promise<Submitted> {
  requireDraft(application)
  await refuseKnownConflicts(ctx, actor, application)
  const plan = await planSubmission(ctx, actor, application, submission)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const open = await findOpenItemsOfPerson(ctx.db, plan.personKey, plan.region.slug)
    await refuseOpenConflicts(ctx, plan, open)
    const number = await ctx.db.transaction(trx => write(trx, ctx, actor, plan, open))
    if (number !== null) return { id: application.id, number, status: 'submitted' }
  }
  throw new AppError('SERVICE_UNAVAILABLE', { retryAfter: 5 })
}

/**
 * What is open already is told before what is wrong with the form, but only to who may apply for this person: a stranger who
 * knows a number would learn that person's case by it.
 */
async function refuseKnownConflicts(ctx: ServerContext, actor: Actor, application: Application): Promise<void> {
  const content = readContent(ctx, application)
  const key = personKey(ctx.crypto, content.common.person as Record<string, unknown> | undefined)
  if (key === null || identityProblems(ctx.crypto, actor, application.channel, content).length > 0) return
  const region = ctx.regions.get(application.region)
  const open = await findOpenItemsOfPerson(ctx.db, key, region.slug)
  await refuseOpenConflicts(ctx, { region, matters: mattersOf(application) }, open)
}

/** Only the pairs of the table bar an application; the same matter a second time is left to the department's own records. */
async function refuseOpenConflicts(
  ctx: ServerContext, { region, matters }: Pick<SubmissionPlan, 'region' | 'matters'>, open: readonly OpenItem[]
): Promise<void> {
  const conflicts = (await openItemConflicts(ctx, region, matters, open)).filter(({ ruleId }) => ruleId !== null)
  const [first] = conflicts
  if (first) throw new AppError('OPEN_ITEM_CONFLICT', { detail: first.message, extra: { number: first.number, conflicts } })
}

/** Null when the person's open items are no longer those that the rules were asked about. */
async function write(
  trx: Knex.Transaction, ctx: ServerContext, actor: Actor, plan: SubmissionPlan, seen: readonly OpenItem[]
): Promise<string | null> {
  const { region, matters, application: { id, version } } = plan
  const current = await findApplication(trx, id, true)
  if (!current) throw new AppError('NOT_FOUND')
  requireDraft(current)
  requireVersion(current, version)
  await lockPerson(trx, plan.personKey)
  const open = await findOpenItemsOfPerson(trx, plan.personKey, region.slug)
  if (signature(open) !== signature(seen)) return null
  const at = ctx.clock.now()
  const number = await issueNumber(trx, region, ctx.clock.today())
  await updateApplication(trx, id, submittedColumns(ctx, plan, number, at), at)
  const items = submittedItems(plan, at)
  const rows = submittedRows(plan, items)
  await insertItems(trx, items)
  await insertRows(trx, rows, at)
  await appendAudit(trx, {
    chain: id, type: 'application-submitted', actor: auditActor(actor),
    data: {
      number, matters, channel: current.channel, region: region.slug,
      items: items.map(({ id: itemId, slug, department, division }) => ({
        itemId, slug, department, division, rows: rows.filter(row => row.itemId === itemId).map(({ insurance }) => insurance)
      }))
    },
    at
  })
  await addToOutbox(trx, { kind: 'start-process', aggregateId: id, payload: {} }, ctx.clock.realNow())
  return number
}

/** One person's submissions go one after the other. SQLite has one writer anyway. */
async function lockPerson(trx: Knex.Transaction, key: string): Promise<void> {
  if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key])
}

function signature(open: readonly OpenItem[]): string {
  return open.map(({ slug, number }) => `${number}/${slug}`).sort().join()
}
