import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { numberOf, optionalText, textOf } from './decision-rows.ts'
import type { RuleHit } from './eligibility.ts'

/** One insurance for which somebody wants to pay, as far as it is known. */
export interface ContributionQuestion {
  readonly insurance: string
  /** Parts beside the main one, e.g. `large-medical` (大额费用统筹). */
  readonly extras?: readonly string[]
  /** First and last day of the period that is paid for, YYYY-MM-DD. */
  readonly periodStart?: string
  readonly periodEnd?: string
  /** The yearly tier chosen, or the monthly base, in fen. */
  readonly tierFen?: number
  readonly baseFen?: number
  readonly standing?: 'new-or-lapsed' | 'continuing'
  /** 参保方式 before a change of it. */
  readonly planBefore?: string
}

export interface ContributionRule extends RuleHit {
  readonly component: string
  readonly verdict: string
  /** `own`: the personal part alone; `own-and-subsidy`: with the public subsidy of the year (财政补助). */
  readonly share: string | null
  /** Last day of the year on which it may be paid, MM-DD. */
  readonly payBy: string | null
  /** In which month after full payment the benefit begins; the month of payment does not count. */
  readonly benefitFromMonth: number | null
}

export interface ContributionAdvice {
  readonly insurance: string
  readonly rules: readonly ContributionRule[]
}

/** The inputs of the table beside the facts of a person. */
export const CONTRIBUTION_INPUTS = ['insurance', 'component', 'paysFor', 'month', 'standing', 'planBefore'] as const

/**
 * What the notes of the form (业务办理须知) say of paying for these insurances at `today` (business date): when, which
 * parts, from when the benefit runs, what is not possible. Every answer is a row of the region's `contribution` table.
 */
export async function contributionAdvice(
  ctx: Pick<ServerContext, 'decisions'>, region: Region, questions: readonly ContributionQuestion[], today: string
): Promise<ContributionAdvice[]> {
  const advice: ContributionAdvice[] = []
  for (const question of questions) {
    const rules: ContributionRule[] = []
    for (const component of ['main', ...question.extras ?? []]) rules.push(...await rulesFor(ctx, region, question, component, today))
    advice.push({ insurance: question.insurance, rules })
  }
  return advice
}

async function rulesFor(
  ctx: Pick<ServerContext, 'decisions'>, region: Region, question: ContributionQuestion, component: string, today: string
): Promise<ContributionRule[]> {
  const { insurance, periodStart, standing = 'unknown', planBefore = 'none' } = question
  const rows = await ctx.decisions.evaluate(`${region.slug}-contribution`, {
    insurance, component, paysFor: yearOf(periodStart, today), month: today.slice(5, 7), standing, planBefore
  })
  return rows.map(row => ({
    component,
    ruleId: textOf(row, 'ruleId'), clause: textOf(row, 'clause'), message: textOf(row, 'message'), verdict: textOf(row, 'verdict'),
    share: optionalText(row, 'share'), payBy: optionalText(row, 'payBy'), benefitFromMonth: numberOf(row, 'benefitFromMonth')
  }))
}

/** Which year is paid for, as the table knows it: further than the next one nobody can pay. */
function yearOf(periodStart: string | undefined, today: string): 'this-year' | 'next-year' | 'earlier-year' | 'unknown' {
  if (periodStart === undefined) return 'unknown'
  const years = Number(periodStart.slice(0, 4)) - Number(today.slice(0, 4))
  if (years < 0) return 'earlier-year'
  return years === 0 ? 'this-year' : years === 1 ? 'next-year' : 'unknown'
}
