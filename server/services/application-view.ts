import { formatInstant } from '../../core/dates.ts'
import { hasRole } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import { isApplicantOf } from '../auth/visibility.ts'
import type { ServerContext } from '../context.ts'
import { mattersOf, readContent } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import { readChain } from '../db/audit.ts'
import { findIntervalsOf } from '../db/clock-intervals.ts'
import { findOpenCorrections } from '../db/corrections.ts'
import { findStrugglesOf } from '../db/department-calls.ts'
import { findRowsOfApplication, findRowsOfItems, readAssessment } from '../db/item-rows.ts'
import { findItemsOfApplication, findReasons } from '../db/items.ts'
import type { Item } from '../db/items.ts'
import { findMaterials } from '../db/materials.ts'
import { applicationStatus } from './application-status.ts'
import { draftProblems } from './applications.ts'
import { draftItemView, itemView } from './item-view.ts'
import { maskContent } from './forms/masked-content.ts'
import { materialView } from './materials/uploads.ts'
import { contentOf, isMaterialOf, visibleMatters } from './materials/visible.ts'
import { collectedFor, parcelsOf } from './parcels.ts'
import { timelineOf } from './timeline.ts'

/**
 * One application with its items and timeline, as the actor may see it: the applicant all of it, a clerk only the matters of
 * the own desk (`visibleMatters`) and masked content.
 */
export async function viewApplication(ctx: ServerContext, actor: Actor, application: Application) {
  const region = ctx.regions.get(application.region)
  const isApplicant = isApplicantOf(actor, application)
  const all = await findItemsOfApplication(ctx.db, application.id)
  const matters = await visibleMatters(ctx, actor, application)
  const items = all.filter(({ slug }) => matters.includes(slug))
  const shown = new Set(items.map(({ id }) => id))
  const events = (await readChain(ctx.db, application.id)).filter(event => event.item_id === null || shown.has(event.item_id))
  const content = readContent(ctx, application)
  const materials = (await findMaterials(ctx.db, application.id)).filter(material => isMaterialOf(material, matters))
  return {
    id: application.id,
    number: application.number,
    region: application.region,
    channel: application.channel,
    version: application.version,
    status: applicationStatus(application, all),
    matters: mattersOf(application),
    submittedAt: application.submitted_at === null ? null : formatInstant(application.submitted_at),
    updatedAt: formatInstant(application.updated_at),
    overallPromisedWorkingDays: region.overallPromisedWorkingDays,
    items: application.status_draft
      ? mattersOf(application).map(slug => draftItemView(region, slug))
      : await viewItems(ctx, application, items, all),
    timeline: timelineOf(region, events, { items: all, rows: await findRowsOfApplication(ctx.db, application.id) }),
    parcels: isApplicant || hasRole(actor, 'window') ? await parcelsOf(ctx.db, application.id) : [],
    materials: materials.map(material => materialView(ctx, material)),
    ...(application.status_draft && isApplicant ? { problems: draftProblems(ctx, actor, application, content) } : {}),
    content: isApplicant ? content : maskContent(contentOf(content, matters))
  }
}

/** Some of the items (`all`) of one application as the interface shows them. */
export async function viewItems(ctx: ServerContext, application: Application, items: readonly Item[], all: readonly Item[]) {
  const ids = items.map(({ id }) => id)
  const region = ctx.regions.get(application.region)
  const [reasons, rows, corrections, struggles] = await Promise.all([
    findReasons(ctx.db, ids), findRowsOfItems(ctx.db, ids), findOpenCorrections(ctx.db, ids),
    findStrugglesOf(ctx.db, application.id)
  ])
  const assessments = new Map([...rows.values()].flat().flatMap(row => {
    const found = readAssessment(ctx, row)
    return found ? [[row.id, found] as const] : []
  }))
  const intervals = await findIntervalsOf(ctx.db, ids)
  const hasFee = region.matters.some(({ slug, fee }) => fee && items.some(item => item.slug === slug))
  const collected = hasFee ? await collectedFor(ctx.db, application.id) : new Set<string>()
  const undecided = new Set(all.filter(({ outcome }) => outcome === null).map(({ slug }) => slug))
  const order = new Map(region.matters.map(({ slug }, index) => [slug, index]))
  return [...items]
    .sort((a, b) => (order.get(a.slug) ?? 0) - (order.get(b.slug) ?? 0))
    .map(item => itemView({ region, calendar: ctx.calendar, acceptedOn: application.accepted_on, undecided }, {
      item,
      reasons: reasons.get(item.id) ?? [],
      rows: rows.get(item.id) ?? [],
      assessments,
      intervals: intervals.get(item.id) ?? [],
      correction: corrections.get(item.id) ?? null,
      isFeePaid: collected.has(item.slug),
      retrying: item.decided_at === null ? struggles.get(item.id) ?? null : null
    }))
}
