import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import { isBadRating, reasonText } from '../../core/ratings.ts'
import { auditActor, idOf } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import { remitOf } from '../auth/remit.ts'
import type { ServerContext } from '../context.ts'
import { raiseAlert } from '../db/alerts.ts'
import { findApplication } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import { appendAudit } from '../db/audit.ts'
import { findItem, findItemsOfApplications } from '../db/items.ts'
import { findRatingById, findRatingsOf, findRemarks, insertRemark, listBadRatings, setOpenSince } from '../db/ratings.ts'
import type { Rating, RatingPage, RatingRemark } from '../db/ratings.ts'
import { placeOf } from './subjects.ts'

/** What an applicant rated, with the replies. */
export async function ratingsOf(ctx: ServerContext, application: Application) {
  return viewRatings(ctx, await findRatingsOf(ctx.db, application.id))
}

/** Bad ratings that somebody answers for, the oldest first. */
export async function badRatingsFor(ctx: ServerContext, actor: Actor, query: RatingPage) {
  const remit = remitOf(actor)
  return viewRatings(ctx, remit ? await listBadRatings(ctx.db, remit, query) : [])
}

/**
 * The one further rating (追评) of an applicant; a bad one waits for a reply again, a better one leaves an open reply due.
 * Throws AppError NOT_FOUND (404), FOLLOW_UP_EXISTS (409).
 */
export async function followUp(
  ctx: ServerContext, actor: Actor, { application, ratingId }: { application: Application; ratingId: string },
  { level, text }: { level: number; text?: string | null }
): Promise<{ id: string }> {
  return remark(ctx, actor, ratingId, (rating, remarks) => {
    if (rating?.application_id !== application.id) throw new AppError('NOT_FOUND')
    if (remarks.some(({ kind }) => kind === 'follow-up')) throw new AppError('FOLLOW_UP_EXISTS')
    return { kind: 'follow-up', level, text: text?.trim() ?? '', openSince: isBadRating(level) ? ctx.clock.now() : rating.open_since }
  })
}

/** Answers a bad rating, with what was put right. Throws AppError NO_REPLY_DUE (409). */
export async function replyToRating(ctx: ServerContext, actor: Actor, ratingId: string, text: string): Promise<{ id: string }> {
  return remark(ctx, actor, ratingId, rating => {
    if (!rating || rating.open_since === null) throw new AppError('NO_REPLY_DUE')
    return { kind: 'reply', level: null, text: text.trim(), openSince: null }
  })
}

interface NewRemark {
  readonly kind: RatingRemark['kind']
  readonly level: number | null
  readonly text: string
  readonly openSince: number | null
}

/** Writes a remark while the application's row is locked, so that two replies cannot cross. */
async function remark(
  ctx: ServerContext, actor: Actor, ratingId: string,
  decide: (rating: Rating | null, remarks: RatingRemark[]) => NewRemark
): Promise<{ id: string }> {
  const id = randomUUID()
  const found = await findRatingById(ctx.db, ratingId)
  if (!found) throw new AppError('NOT_FOUND')
  await ctx.db.transaction(async trx => {
    const application = await findApplication(trx, found.application_id, true)
    const { kind, level, text, openSince } = decide(await findRatingById(trx, ratingId), await findRemarks(trx, [ratingId]))
    const at = ctx.clock.now()
    await insertRemark(trx, {
      id, rating_id: ratingId, kind, level, created_by: idOf(actor), created_at: at,
      text_enc: text ? ctx.crypto.encrypt('rating_remark', 'text_enc', id, text) : null
    })
    await setOpenSince(trx, ratingId, openSince)
    await appendAudit(trx, {
      chain: found.application_id, type: kind === 'reply' ? 'rating-replied' : 'rating-followed-up', actor: auditActor(actor),
      itemId: found.item_id, data: level === null ? {} : { level }, at
    })
    if (level !== null && isBadRating(level)) {
      const item = found.item_id === null ? null : await findItem(trx, found.item_id)
      await raiseAlert(trx, { kind: 'rating', source: id, at, ...placeOf({ application: application!, item }) })
    }
  })
  return { id }
}

async function viewRatings(ctx: ServerContext, ratings: readonly Rating[]) {
  const remarks = await findRemarks(ctx.db, ratings.map(({ id }) => id))
  const ids = [...new Set(ratings.map(rating => rating.application_id))]
  const applications = new Map(await Promise.all(ids.map(async id => [id, await findApplication(ctx.db, id)] as const)))
  const items = await findItemsOfApplications(ctx.db, ids)
  return ratings.map(rating => {
    const application = applications.get(rating.application_id)
    const item = (items.get(rating.application_id) ?? []).find(({ id }) => id === rating.item_id)
    const matter = application && ctx.regions.get(application.region).matters.find(({ slug }) => slug === item?.slug)
    return {
      id: rating.id,
      number: application?.number ?? null,
      slug: item?.slug ?? null,
      title: matter?.title ?? '整件申请',
      level: rating.level,
      reasons: (JSON.parse(rating.reasons) as string[]).map(code => ({ code, text: reasonText(code) })),
      text: rating.text_enc === null ? null : ctx.crypto.decrypt('rating', 'text_enc', rating.id, rating.text_enc),
      ratedAt: formatInstant(rating.created_at),
      awaitsReply: rating.open_since !== null,
      remarks: remarks.filter(one => one.rating_id === rating.id).map(one => ({
        kind: one.kind,
        level: one.level,
        text: one.text_enc === null ? null : ctx.crypto.decrypt('rating_remark', 'text_enc', one.id, one.text_enc),
        at: formatInstant(one.created_at)
      }))
    }
  })
}
