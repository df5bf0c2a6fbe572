import type { ImpersonalFacts } from '../../../core/facts.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { isAbout, optionalText, textOf } from './decision-rows.ts'
import type { DecisionRow } from './decision-rows.ts'
import { unknownSituation } from './situation.ts'
import type { MaterialSituation } from './situation.ts'

export type MaterialForm = 'original' | 'copy' | 'electronic'

export interface RequiredMaterial {
  readonly code: string
  readonly name: string
  /** `form` the system prints, `photo` has a step of its own; the others are shown or handed in. */
  readonly kind: string
  /** The matters that ask for it; one copy serves them all. */
  readonly matters: readonly string[]
  readonly form: MaterialForm
  readonly required: boolean
  /** What it must be like, and when it is needed, in Chinese. */
  readonly standard: string | null
  readonly condition: string | null
  /** Type of the electronic licence that makes it 免提交. */
  readonly licence: string | null
  /** The clause wants the original to be seen (验原件). */
  readonly verifyOriginal: boolean
  readonly ruleId: string
  readonly clause: string
}

const STRICTNESS: readonly MaterialForm[] = ['electronic', 'copy', 'original']

/**
 * The one set of materials for the selection: what several matters ask for stands there once, in its strictest
 * form.
 */
export async function requiredMaterials(
  ctx: Pick<ServerContext, 'decisions' | 'regions'>, region: Region, question: MaterialQuestion
): Promise<RequiredMaterial[]> {
  const { channel, matters, facts, situation = {} } = question
  const unknown = unknownSituation(ctx.regions.situation(region.slug))
  const told = Object.fromEntries(Object.entries(situation).filter(([, value]) => value !== 'unknown'))
  // A fact may be told by the form as well; the form goes before, but what it leaves open takes nothing away.
  const rows = await ctx.decisions.evaluate(`${region.slug}-materials`, { ...unknown, ...facts, ...told, channel })
  const merged = new Map<string, RequiredMaterial>()
  for (const row of rows) {
    const asking = matters.filter(slug => isAbout(row, slug))
    if (asking.length === 0) continue
    const code = textOf(row, 'code')
    merged.set(code, merge(merged.get(code), toMaterial(row, asking), matters))
  }
  return [...merged.values()]
}

export interface MaterialQuestion {
  readonly channel: string
  readonly matters: readonly string[]
  readonly facts: ImpersonalFacts
  readonly situation?: MaterialSituation
}

function toMaterial(row: DecisionRow, matters: readonly string[]): RequiredMaterial {
  return {
    code: textOf(row, 'code'),
    name: textOf(row, 'name'),
    kind: textOf(row, 'kind'),
    matters,
    form: STRICTNESS.find(form => form === row.form) ?? 'original',
    required: row.required === true,
    standard: optionalText(row, 'standard'),
    condition: optionalText(row, 'condition'),
    licence: optionalText(row, 'replacedByLicence'),
    verifyOriginal: row.verifyOriginal === true,
    ruleId: textOf(row, 'ruleId'),
    clause: textOf(row, 'clause')
  }
}

/** The first row's words stay; a requirement of any matter is one of the whole. */
function merge(one: RequiredMaterial | undefined, other: RequiredMaterial, order: readonly string[]): RequiredMaterial {
  if (!one) return other
  return {
    ...one,
    matters: order.filter(slug => one.matters.includes(slug) || other.matters.includes(slug)),
    required: one.required || other.required,
    verifyOriginal: one.verifyOriginal || other.verifyOriginal,
    form: STRICTNESS.indexOf(other.form) > STRICTNESS.indexOf(one.form) ? other.form : one.form
  }
}
