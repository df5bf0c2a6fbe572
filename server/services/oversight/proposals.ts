import { formatInstant } from '../../../core/dates.ts'
import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import { listFeedback } from '../../db/feedback.ts'
import { findItem } from '../../db/items.ts'
import { findPursued, listUnanswered } from '../../db/oversight-actions.ts'
import { listBadRatings } from '../../db/ratings.ts'
import type { Remit } from '../../db/remit.ts'
import { matterTitle } from '../../regions/titles.ts'
import { feedbackWords, placeName, ratingWords, unansweredWords } from './action-draft.ts'
import { overseen } from './sla-days.ts'

/** Of each kind no more are proposed at once. */
const MOST = 100

/**
 * What calls for an action and has none yet: bad ratings and citizens' opinions without a reply, and actions whose day of answer
 * is past; each kind the oldest first. They are proposals: nothing is sent by itself.
 */
export async function actionProposals(ctx: ServerContext, actor: Actor) {
  const { region, remit, days } = overseen(ctx, actor)
  const [ratings, opinions, unanswered] = await Promise.all([
    ratingProposals(ctx, region, remit), feedbackProposals(ctx, region, remit),
    unansweredProposals(ctx, region, remit, days.today)
  ])
  return [...unanswered, ...ratings, ...opinions]
}

async function ratingProposals({ db }: ServerContext, region: Region, remit: Remit) {
  const rows = await listBadRatings(db, remit, { isOpen: true, limit: MOST })
  const pursued = await findPursued(db, 'rating', rows.map(({ id }) => id))
  return Promise.all(rows.filter(({ id }) => !pursued.has(id)).map(async ({ id, application_id, item_id, level, created_at }) => {
    const application = await findApplication(db, application_id)
    const item = item_id === null ? null : await findItem(db, item_id)
    const subject = `办件 ${application?.number ?? ''}“${item ? matterTitle(region, item.slug) : '整件申请'}”`
    return { kind: 'rating' as const, id, applicationId: application_id, subject, text: ratingWords(level), since: formatInstant(created_at) }
  }))
}

async function feedbackProposals({ db }: ServerContext, region: Region, remit: Remit) {
  const rows = (await Promise.all(['received', 'processing'].map(status => listFeedback(db, remit, { status, limit: MOST })))).flat()
  const pursued = await findPursued(db, 'feedback', rows.map(({ id }) => id))
  return rows.filter(({ id }) => !pursued.has(id)).map(({ id, number, department, division, created_at }) => ({
    kind: 'feedback' as const, id, applicationId: null, subject: placeName(region, department, division),
    text: feedbackWords(number), since: formatInstant(created_at)
  }))
}

async function unansweredProposals(ctx: ServerContext, region: Region, remit: Remit, today: string) {
  const rows = await listUnanswered(ctx.db, remit, today, MOST)
  const pursued = await findPursued(ctx.db, 'action', rows.map(({ id }) => id))
  return rows.filter(({ id }) => !pursued.has(id)).map(row => ({
    kind: 'action' as const, id: row.id, applicationId: row.application_id, subject: placeName(region, row.department, row.division),
    text: unansweredWords(ctx, row), since: formatInstant(row.created_at)
  }))
}
