import { ratingLevels } from '../../../core/ratings.ts'
import type { Region } from '../../../core/region.ts'
import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import { findFeedback } from '../../db/feedback.ts'
import { findItem } from '../../db/items.ts'
import type { Item } from '../../db/items.ts'
import { findAction, findLevelsOfItem } from '../../db/oversight-actions.ts'
import type { ActionRow } from '../../db/oversight-actions.ts'
import { findRatingById } from '../../db/ratings.ts'
import { departmentName, divisionName, matterTitle } from '../../regions/titles.ts'
import { climbedBefore, targetOf } from './action-target.ts'
import type { About, Target } from './action-target.ts'
import { nextRung, rungWords } from './ladder.ts'
import { overseen } from './sla-days.ts'

type Overseen = ReturnType<typeof overseen>

/**
 * What an action would say and to whom it would go, rung by rung, with the rung that is next. Nothing is sent.
 * Throws as targetOf does.
 */
export async function draftAction(ctx: ServerContext, actor: Actor, about: About) {
  const seen = overseen(ctx, actor)
  const target = await targetOf(ctx, actor, about)
  const { rungs, proposals, note } = ctx.regions.supervision(seen.region.slug)
  const aboutItem = target.item_id === null ? [] : await findLevelsOfItem(ctx.db, target.item_id)
  const climbed = [...aboutItem, ...await climbedBefore(ctx, actor, about)]
  const kind = about.source?.kind
  const suggested = kind === undefined || kind === 'action' || climbed.length > 0 ? nextRung(rungs, climbed)?.level : proposals[kind]
  const [subject, cause] = [await subjectWords(ctx, seen.region, target), await causeWords(ctx, seen, target, about)]
  return {
    applicationId: target.application_id, itemId: target.item_id, department: target.department, division: target.division,
    suggested: suggested ?? null, note,
    rungs: rungs.map(rung => {
      const deadline = ctx.calendar.addWorkingDays(seen.days.today, rung.workingDays).date
      const { level, title, workingDays, needsProof = false } = rung
      return { level, title, workingDays, needsProof, deadline, text: rungWords(rung, { subject, cause, deadline }) }
    })
  }
}

async function subjectWords(
  { db }: ServerContext, region: Region, { application_id, item_id, department, division }: Target
): Promise<string> {
  if (application_id !== null) {
    const application = await findApplication(db, application_id)
    const item = item_id === null ? null : await findItem(db, item_id)
    return `办件 ${application?.number ?? ''}${item ? `“${matterTitle(region, item.slug)}”` : ''}`
  }
  return placeName(region, department, division)
}

/** A department of a division, or what is named of both. */
export function placeName(region: Region, department: string | null, division: string | null): string {
  const place = division === null ? '' : divisionName(region, division)
  return `${place}${department === null ? '' : departmentName(region, department)}` || region.name
}

async function causeWords(ctx: ServerContext, seen: Overseen, target: Target, { source }: About): Promise<string> {
  if (source) return sourceWords(ctx, seen, source)
  const item = target.item_id === null ? null : await findItem(ctx.db, target.item_id)
  return item ? clockWords(ctx, seen.days.today, item) : '有事项未按承诺时限办理'
}

/** How an item stands against its promise, in working days; only what has a statutory limit is said to be past one. */
export function clockWords(
  { calendar }: Pick<ServerContext, 'calendar'>, today: string,
  item: Pick<Item, 'promised_due' | 'statutory_due' | 'red_due' | 'decided_at'>
): string {
  const { promised_due: due, statutory_due: limit, red_due: red, decided_at } = item
  if (decided_at !== null) return '已办结，办理中有须改进之处'
  if (due === null || due >= today) return due === null ? '正在办理' : `承诺 ${due} 前办结，尚未办结`
  const late = calendar.workingDaysBetween(due, today)
  const isRed = red !== null && red < today
  return `承诺 ${due} 前办结，已超 ${late} 个工作日${isRed ? (limit === null ? '，已亮红牌' : '，并已超过法定时限') : ''}`
}

/** What gave rise to it, without a word of the citizen's own: whoever answers reads those where they were written. */
async function sourceWords(ctx: ServerContext, { remit }: Overseen, { kind, id }: NonNullable<About['source']>): Promise<string> {
  if (kind === 'rating') return ratingWords((await findRatingById(ctx.db, id))?.level)
  if (kind === 'feedback') return feedbackWords((await findFeedback(ctx.db, remit, id))?.number ?? '')
  const row = await findAction(ctx.db, remit, null, id)
  return row ? unansweredWords(ctx, row) : ''
}

/** As words of the cause: a bad rating that waits for a reply. */
export function ratingWords(level: number | undefined): string {
  return `申请人评价“${ratingLevels.find(one => one.level === level)?.label ?? ''}”，尚未回复`
}

/** Likewise, a citizen's opinion. */
export function feedbackWords(number: string): string {
  return `群众意见 ${number} 尚未答复`
}

/** Likewise, an action whose day of answer is past. */
export function unansweredWords(
  { regions }: Pick<ServerContext, 'regions'>, { region, level, created_at, deadline }: Pick<ActionRow, 'region' | 'level' | 'created_at' | 'deadline'>
): string {
  const title = regions.supervision(region).rungs.find(one => one.level === level)?.title ?? level
  return `${formatInstant(created_at).slice(0, 10)} 发出的${title}应于 ${deadline} 前答复，至今没有答复`
}
