import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { decidingMaterials } from '../materials/route.ts'
import { findingsOf } from './why-here.ts'

/** What an approval goes against; the trail keeps it with the reason that was given. */
export interface ApprovalNotes {
  /** Codes of the automatic findings. */
  readonly overrides?: readonly string[]
  /** Needed materials that are missing, or whose original nobody has seen, as `code:state`. */
  readonly unsettled?: readonly string[]
}

const UNSETTLED: ReadonlySet<string> = new Set(['to-upload', 'original-pending'])

/** A clerk may approve against a finding and without a material: nobody forbids it, and nothing of it is forgotten. */
export async function approvalNotes(ctx: ServerContext, task: WorkItem): Promise<ApprovalNotes> {
  const overrides = (await findingsOf(ctx, task)).map(({ code }) => code)
  const unsettled = await unsettledMaterials(ctx, task)
  return { ...(overrides.length > 0 && { overrides }), ...(unsettled.length > 0 && { unsettled }) }
}

async function unsettledMaterials(ctx: ServerContext, { application_id, slug }: WorkItem): Promise<string[]> {
  const application = slug === null ? null : await findApplication(ctx.db, application_id)
  if (!application || slug === null) return []
  return (await decidingMaterials(ctx, application, slug)).filter(({ state }) => UNSETTLED.has(state))
    .map(({ material, state }) => `${material.code}:${state}`)
}
