import { AppError } from '../../../core/errors.ts'
import { maskName } from '../../../core/masking.ts'
import { formatInstant } from '../../../core/dates.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { appendAudit, readChain } from '../../db/audit.ts'
import { findDecisionOfTask } from '../../db/decisions.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import type { Item } from '../../db/items.ts'
import type { Signing } from '../../db/window-intakes.ts'
import { findWorkItem } from '../../db/work-items.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { matterTitle } from '../../regions/titles.ts'
import { completeTask } from '../tasks/complete-task.ts'
import type { Taken } from '../tasks/complete-task.ts'
import { nameOf, taskView } from '../tasks/task-view.ts'
import { matchDocument } from './shown-document.ts'
import type { Holder } from './shown-document.ts'

/** The decision by which the process learns that the results have been handed over. */
const HANDED_OVER = 'handed-over'
const WINDOW = 'window'

export interface HandOver {
  readonly collector: Holder
  /** What the card reader sent. */
  readonly reading: string
  readonly way: Signing
  /** PNG as data URL, of a signature on the screen. */
  readonly signature?: string | null
  readonly witness?: string
}

/** What is kept with the decision, sealed: who took the results and how that was signed for. */
export type HandedOver = Omit<HandOver, 'reading'>

/** A pick-up task with its case. Throws AppError NOT_FOUND for any other task. */
export async function pickupOf(
  ctx: ServerContext, taskId: string
): Promise<{ task: WorkItem; application: Application; content: ApplicationContent }> {
  const task = await findWorkItem(ctx.db, taskId)
  const application = task?.kind === 'pickup' ? await findApplication(ctx.db, task.application_id) : null
  if (!task || !application) throw new AppError('NOT_FOUND')
  return { task, application, content: readContent(ctx, application) }
}

/** What lies ready at the counter, masked: only the card that is shown says whose it is. */
export async function viewPickup(ctx: ServerContext, taskId: string) {
  const { task, application, content } = await pickupOf(ctx, taskId)
  const region = ctx.regions.get(application.region)
  const items = (await findItemsOfApplication(ctx.db, application.id)).filter(isFetched)
  const nameIn = (part: unknown): string | null => {
    const { name } = (part ?? {}) as { name?: unknown }
    return typeof name === 'string' ? maskName(name) : null
  }
  const handed = await handedOver(ctx, task)
  return {
    task: { ...await taskView(ctx, task), state: task.state },
    applicant: nameIn(content.common.person),
    agent: content.agent ? nameIn(content.agent) : null,
    results: items.map(({ id, slug, receipt_number, status }) => ({
      slug, title: matterTitle(region, slug), notice: `result-${id}`, receiptNumber: receipt_number, isHandedOver: status === 'delivered'
    })),
    handedOver: handed && {
      collector: handed.values.collector, way: handed.values.way, by: handed.by, at: formatInstant(handed.at)
    }
  }
}

/**
 * 窗口出件: the card is held against the applicant's or the agent's document; then the decision that ends the task keeps who took
 * the results and the signature, and the trail keeps that the identity was checked. A card that does not match is noted, too.
 * @throws AppError FORM_INVALID, IDENTITY_MISMATCH, SIGNATURE_REQUIRED (422), and as `completeTask`
 */
export async function handOver(ctx: ServerContext, actor: Actor, taskId: string, input: HandOver): Promise<Taken> {
  const { task, application, content } = await pickupOf(ctx, taskId)
  const { collector, reading, way, signature = null, witness } = input
  const checked = (matches: boolean) => ({
    chain: application.id, type: 'identity-checked', actor: auditActor(actor), at: ctx.clock.now(),
    data: { taskId: task.id, collector, matches }
  })
  try {
    matchDocument(ctx, content, collector, reading)
  } catch (error) {
    if (error instanceof AppError && error.code === 'IDENTITY_MISMATCH') await appendAudit(ctx.db, checked(false))
    throw error
  }
  refuseUnsigned(way, signature, witness)
  const values: HandedOver = { collector, way, signature, ...(witness?.trim() && { witness: witness.trim() }) }
  return completeTask(ctx, actor, taskId, { decision: HANDED_OVER, values: { ...values } }, async trx => {
    await appendAudit(trx, checked(true))
  })
}

/** Who handed the results of a task over, to whom and when; null while nobody has, or without a card that was read. */
export async function handedOver(
  ctx: ServerContext, task: WorkItem
): Promise<{ values: HandedOver; by: string; at: number } | null> {
  const decision = await findDecisionOfTask(ctx.db, task.id)
  if (!decision || decision.values_enc === null || !await isIdentityChecked(ctx, task)) return null
  const values = JSON.parse(ctx.crypto.decrypt('decision', 'values_enc', decision.id, decision.values_enc)) as HandedOver
  return { values, by: await nameOf(ctx, decision.decided_by), at: decision.created_at }
}

/** A decision may carry any values; only where the trail says so was a card held against the form. */
async function isIdentityChecked({ db }: ServerContext, { id, application_id }: WorkItem): Promise<boolean> {
  return (await readChain(db, application_id)).some(({ type, data }) => {
    const { taskId, matches } = JSON.parse(data) as { taskId?: string; matches?: boolean }
    return type === 'identity-checked' && taskId === id && matches === true
  })
}

/** What is fetched at a window: approved, or handed over already. */
export function isFetched({ delivery_method, outcome }: Item): boolean {
  return delivery_method === WINDOW && outcome === 'approved'
}

function refuseUnsigned(way: Signing, signature: string | null, witness: string | undefined): void {
  const problem = (path: string, message: string) =>
    new AppError('SIGNATURE_REQUIRED', { fields: [{ path, code: 'REQUIRED', message }] })
  if (way === 'screen' && signature === null) throw problem('/signature', '请领取人在屏幕上签名')
  if (way === 'fingerprint' && !witness?.trim()) throw problem('/witness', '按指印的，请填写见证人姓名')
}
