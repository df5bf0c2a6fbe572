import { randomUUID } from 'node:crypto'
import { AppError } from '../../core/errors.ts'
import { isBadRating } from '../../core/ratings.ts'
import { auditActor } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { findApplication } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import { raiseAlert } from '../db/alerts.ts'
import { appendAudit } from '../db/audit.ts'
import { DECIDED, findItemsOfApplication } from '../db/items.ts'
import type { Item } from '../db/items.ts'
import { findRating, insertRating } from '../db/ratings.ts'
import { applicationStatus } from './application-status.ts'
import { placeOf } from './subjects.ts'

export interface NewRating {
  /** 1 非常满意 … 5 非常不满意 (GB/T 39046 A.8). */
  readonly level: number
  readonly reasons?: readonly string[]
  readonly text?: string | null
}

export interface Rated {
  readonly application: Application
  /** Null = the whole application. */
  readonly item: Item | null
}

const CLOSED = new Set(['completed', 'withdrawn', 'not-accepted'])

/**
 * Keeps the applicant's rating (好差评) of an item, or of the whole when `item` is null; one each. Throws AppError NOT_CLOSED,
 * ALREADY_RATED (409).
 */
export async function rate(
  ctx: ServerContext, actor: Actor, { application: { id }, item }: Rated, rating: NewRating
): Promise<{ id: string }> {
  const ratingId = randomUUID()
  await ctx.db.transaction(async trx => {
    const application = await findApplication(trx, id, true)
    const items = await findItemsOfApplication(trx, id)
    const isClosed = item
      ? items.some(one => one.id === item.id && DECIDED.includes(one.status))
      : application !== null && CLOSED.has(applicationStatus(application, items))
    if (!isClosed) throw new AppError('NOT_CLOSED')
    if (await findRating(trx, id, item?.id ?? null)) throw new AppError('ALREADY_RATED')
    const at = ctx.clock.now()
    await insertRating(trx, {
      id: ratingId,
      application_id: id,
      item_id: item?.id ?? null,
      level: rating.level,
      reasons: JSON.stringify(rating.reasons ?? []),
      text_enc: rating.text?.trim() ? ctx.crypto.encrypt('rating', 'text_enc', ratingId, rating.text.trim()) : null,
      created_at: at,
      open_since: isBadRating(rating.level) ? at : null
    })
    await appendAudit(trx, {
      chain: id, type: 'rated', actor: auditActor(actor), itemId: item?.id ?? null,
      data: { level: rating.level }, at
    })
    if (isBadRating(rating.level)) await raiseAlert(trx, { kind: 'rating', source: ratingId, at, ...placeOf({ application: application!, item }) })
  })
  return { id: ratingId }
}
