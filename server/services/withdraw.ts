import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import { auditActor } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { findApplication } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import { appendAudit } from '../db/audit.ts'
import { DECIDED_ROWS, findRowsOfItem } from '../db/item-rows.ts'
import { DECIDED, findItemsOfApplication, updateItem } from '../db/items.ts'
import type { Item } from '../db/items.ts'
import { addToOutbox } from '../db/outbox.ts'

export interface Withdrawal {
  /** One item; null = all that are not decided yet. */
  readonly slug: string | null
  readonly reason?: string
}

/**
 * Asks the processes of one item, or of all undecided ones, to end; what is decided already stays. Repeating it changes nothing.
 * Throws AppError ITEM_ALREADY_DECIDED (409) when nothing is left to withdraw. Answers the slugs.
 */
export async function withdraw(
  ctx: ServerContext, actor: Actor, { id }: Application, { slug, reason }: Withdrawal
): Promise<{ status: 'withdrawing'; items: string[] }> {
  return await ctx.db.transaction(async trx => {
    const application = await findApplication(trx, id, true)
    if (!application || application.status_draft) {
      throw new AppError('ITEM_ALREADY_DECIDED', { detail: '申请尚未提交，无需撤回，可以直接删除草稿。' })
    }
    const items = (await findItemsOfApplication(trx, id)).filter(item => slug === null || item.slug === slug)
    const open = items.filter(({ status }) => !DECIDED.includes(status))
    if (open.length === 0) throw new AppError('ITEM_ALREADY_DECIDED')
    for (const item of open.filter(({ withdraw_requested_at }) => withdraw_requested_at === null)) {
      await request(trx, ctx, actor, item, reason)
    }
    return { status: 'withdrawing', items: open.map(item => item.slug) }
  })
}

async function request(trx: Knex, ctx: ServerContext, actor: Actor, item: Item, reason: string | undefined): Promise<void> {
  const at = ctx.clock.now()
  await updateItem(trx, item.id, { withdraw_requested_at: at }, at)
  await appendAudit(trx, {
    chain: item.application_id, type: 'withdraw-requested', actor: auditActor(actor),
    itemId: item.id, text: reason?.trim() || null, at
  }, ctx.crypto)
  for (const businessKey of await processesOf(trx, item)) {
    const payload = { message: 'WithdrawRequested', businessKey }
    await addToOutbox(trx, { kind: 'correlate-message', aggregateId: businessKey, payload }, ctx.clock.realNow())
  }
}

/** Business keys of the item's processes: its own, or one for each undecided row of a declaration. */
async function processesOf(trx: Knex, item: Item): Promise<string[]> {
  const rows = await findRowsOfItem(trx, item.id)
  return rows.length === 0 ? [item.id] : rows.filter(({ status }) => !DECIDED_ROWS.includes(status)).map(({ id }) => id)
}
