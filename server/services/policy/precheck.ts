import { AppError } from '../../../core/errors.ts'
import { impersonalFacts } from '../../../core/facts.ts'
import type { RawFacts } from '../../../core/facts.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { deadlinesFor } from './deadlines.ts'
import { eligibilityOf } from './eligibility.ts'
import type { Eligibility, RuleHit } from './eligibility.ts'
import { conflictsAmong } from './exclusivity.ts'
import type { MatterConflict } from './exclusivity.ts'
import { requiredMaterials } from './required-materials.ts'
import type { MaterialForm, RequiredMaterial } from './required-materials.ts'
import type { MaterialSituation } from './situation.ts'

export interface PrecheckQuestion {
  readonly channel: 'online' | 'window' | 'platform'
  readonly matters: readonly string[]
  readonly facts?: RawFacts
  /** What the form says beside the facts; only materials depend on it. */
  readonly situation?: MaterialSituation
}

export interface PrecheckMatter {
  readonly slug: string
  readonly status: 'eligible' | 'ineligible' | 'unknown' | 'excluded'
  readonly reasons: readonly RuleHit[]
  readonly missingFacts: readonly string[]
}

export interface PrecheckMaterial {
  readonly code: string
  readonly name: string
  readonly matters: readonly string[]
  readonly form: MaterialForm
  readonly required: boolean
  readonly standard: string | null
  readonly condition: string | null
  readonly replacedBy: { readonly licence: string; readonly number: string | null } | null
  readonly clause: string
}

export interface PrecheckDeadline {
  readonly slug: string
  readonly kind: 'immediate' | 'promised'
  readonly promisedWorkingDays: number
  readonly statutoryWorkingDays: number | null
  readonly dueDate: string
  readonly isProvisional: boolean
}

export interface PrecheckAnswer {
  readonly conflicts: readonly MatterConflict[]
  readonly matters: readonly PrecheckMatter[]
  readonly materials: readonly PrecheckMaterial[]
  readonly deadlines: readonly PrecheckDeadline[]
  /** What the region promises for the whole (整体承诺), whatever is selected. */
  readonly overallPromisedWorkingDays: number
  /** The longest promise among the selected matters: they run side by side. */
  readonly expectedWorkingDays: number
}

type Context = Pick<ServerContext, 'regions' | 'decisions' | 'clock' | 'calendar'>

/**
 * Answers before submission what the rules say of a selection: conflicts, conditions, materials and deadlines as
 * of now. Throws AppError REGION_UNKNOWN (404), MATTER_UNKNOWN (422, with the field).
 */
export async function precheck(ctx: Context, regionSlug: string, question: PrecheckQuestion): Promise<PrecheckAnswer> {
  const region = ctx.regions.get(regionSlug)
  const { channel, situation } = question
  const matters = [...new Set(question.matters)]
  refuseUnknown(region, question.matters)
  const facts = impersonalFacts(question.facts ?? {}, ctx.clock.today(), region)
  const conflicts = await conflictsAmong(ctx, region, matters)
  const eligibility = await eligibilityOf(ctx, region, { channel, matters, facts })
  const materials = await requiredMaterials(ctx, region, { channel, matters, facts, situation })
  const deadlines = await deadlinesFor(ctx, region, channel, matters, ctx.clock.now())
  return {
    conflicts,
    matters: matters.map(slug => matterAnswer(slug, conflicts, eligibility.get(slug)!)),
    // Nobody is asked for a licence here: an anonymous answer never says 免提交.
    materials: materials.map(materialAnswer),
    deadlines: deadlines.map(({ ruleId: _ruleId, clause: _clause, ...deadline }) => deadline),
    overallPromisedWorkingDays: region.overallPromisedWorkingDays,
    expectedWorkingDays: Math.max(0, ...deadlines.map(({ promisedWorkingDays }) => promisedWorkingDays))
  }
}

function materialAnswer(material: RequiredMaterial): PrecheckMaterial {
  const { code, name, matters, form, required, standard, condition, clause } = material
  return { code, name, matters, form, required, standard, condition, replacedBy: null, clause }
}

function refuseUnknown(region: Region, matters: readonly string[]): void {
  const fields = matters.flatMap((slug, index) => region.matters.some(matter => matter.slug === slug) ? [] : [{
    path: `/matters/${index}`, code: 'MATTER_UNKNOWN', message: `${region.name}的办理清单中没有事项“${slug}”`
  }])
  if (fields.length > 0) throw new AppError('MATTER_UNKNOWN', { fields })
}

/** A matter of a conflicting pair is excluded whatever its conditions; a refusal of its own is told all the same. */
function matterAnswer(slug: string, conflicts: readonly MatterConflict[], eligibility: Eligibility): PrecheckMatter {
  const { status, reasons, missingFacts } = eligibility
  const own = conflicts.filter(({ matters }) => matters.includes(slug))
  if (own.length === 0) return { slug, status, reasons, missingFacts }
  const excluded = own.map(({ ruleId, clause, message }) => ({ ruleId, clause, message }))
  const refusals = status === 'ineligible' ? reasons : []
  return { slug, status: 'excluded', reasons: [...excluded, ...refusals], missingFacts: [] }
}
