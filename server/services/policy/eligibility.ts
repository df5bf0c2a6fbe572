import type { ImpersonalFacts } from '../../../core/facts.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { isAbout, textOf } from './decision-rows.ts'
import type { DecisionRow } from './decision-rows.ts'

/** A rule that spoke, with the clause it rests on and what people are told. */
export interface RuleHit {
  readonly ruleId: string
  readonly clause: string
  readonly message: string
}

export interface Eligibility {
  readonly status: 'eligible' | 'ineligible' | 'unknown'
  readonly reasons: readonly RuleHit[]
  /** Names of raw facts that would be needed to answer. */
  readonly missingFacts: readonly string[]
}

/**
 * What the region's two tables say of each matter: a refusal beats a doubt, a doubt or a missing fact leads to a
 * person. The tables see finite facts that name nobody; each is evaluated once, for all matters.
 */
export async function eligibilityOf(
  ctx: Pick<ServerContext, 'decisions'>, region: Region, { channel, matters, facts }: Question
): Promise<Map<string, Eligibility>> {
  const inputs = { ...facts, channel, registersInsurance: registersInsurance(region, matters) }
  const rules = await ctx.decisions.evaluate(`${region.slug}-eligibility`, inputs)
  const needs = await ctx.decisions.evaluate(`${region.slug}-needed-facts`, inputs)
  const about = (rows: readonly DecisionRow[], slug: string) => rows.filter(row => isAbout(row, slug))
  return new Map(matters.map(slug => [slug, judge(about(rules, slug), about(needs, slug))]))
}

export interface Question {
  readonly channel: string
  readonly matters: readonly string[]
  readonly facts: ImpersonalFacts
}

function judge(rules: readonly DecisionRow[], needs: readonly DecisionRow[]): Eligibility {
  const refusals = rules.filter(row => row.verdict === 'refuse')
  if (refusals.length > 0) return { status: 'ineligible', reasons: refusals.map(toHit), missingFacts: [] }
  const missingFacts = [...new Set(needs.map(row => textOf(row, 'fact')))]
  const isOpen = rules.length > 0 || missingFacts.length > 0
  return { status: isOpen ? 'unknown' : 'eligible', reasons: rules.map(toHit), missingFacts }
}

function toHit(row: DecisionRow): RuleHit {
  return { ruleId: textOf(row, 'ruleId'), clause: textOf(row, 'clause'), message: textOf(row, 'message') }
}

/** Whether the selection itself registers an insurance for which contributions can be declared. */
function registersInsurance(region: Region, matters: readonly string[]): 'yes' | 'no' {
  return region.insurances.some(({ slug }) => matters.includes(slug)) ? 'yes' : 'no'
}
