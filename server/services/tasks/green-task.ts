import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { decidingMaterials } from '../materials/route.ts'
import { materialsState } from '../materials/state.ts'
import { officialFacts } from './official-facts.ts'
import { verdictsOf } from './verdicts.ts'
import { findingsOf, needsSecondPerson } from './why-here.ts'

/**
 * Whether every check of a review is green: nothing found automatically, no 不符 by anybody, the registers known and the same, all
 * materials there with their originals seen, and no second person asked for. Only such a task may be completed in bulk.
 */
export async function isGreen(ctx: ServerContext, task: WorkItem): Promise<boolean> {
  if (task.kind !== 'review' || task.slug === null) return false
  const application = await findApplication(ctx.db, task.application_id)
  if (!application || await needsSecondPerson(ctx, task)) return false
  if ((await findingsOf(ctx, task)).length > 0) return false
  if ((await verdictsOf(ctx, application.id, new Set([task.id]))).some(({ verdict }) => verdict === 'wrong')) return false
  const content = readContent(ctx, application)
  const facts = await officialFacts(ctx, ctx.regions.get(application.region), application, content)
  if (facts.length === 0 || facts.some(({ isSame }) => !isSame)) return false
  return materialsState(await decidingMaterials(ctx, application, task.slug), task.slug) === 'complete'
}
