import { readPeriod } from '../../../core/contribution-period.ts'
import { overdueRate, reckon } from '../../../core/contribution-rates.ts'
import type { Amounts, Rate } from '../../../core/contribution-rates.ts'
import { AppError } from '../../../core/errors.ts'
import { sumFen } from '../../../core/money.ts'
import type { ServerContext } from '../../context.ts'
import { contributionAdvice } from './contribution-advice.ts'
import type { ContributionQuestion } from './contribution-advice.ts'

/** What is likely to be paid; the tax department's assessment is what counts (以税务部门核定为准). */
export interface ContributionEstimate {
  /** Of all rows that can be reckoned, in fen; null when none can. */
  readonly totalFen: number | null
  /** False when a row cannot be reckoned: something is missing, it is too late, or the region has no figures for it. */
  readonly isComplete: boolean
  /** In the order of the questions. */
  readonly rows: readonly { readonly insurance: string; readonly estimate: Amounts | null }[]
}

/** The rules of the region for each row, and about how much is to be paid. Throws AppError REGION_UNKNOWN. */
export async function paymentAdvice(
  ctx: Pick<ServerContext, 'decisions' | 'regions' | 'clock'>, slug: string, questions: readonly ContributionQuestion[]
) {
  const region = ctx.regions.get(slug)
  const today = ctx.clock.today()
  const { rows, ...sum } = estimateContributions(ctx.regions.rates(slug).rows, questions, today)
  const advice = await contributionAdvice(ctx, region, questions, today)
  return { insurances: advice.map((one, index) => ({ ...one, estimate: rows[index]!.estimate })), ...sum }
}

/** Reckons each row by the figures of the region, and their sum, as of `today` (business date). */
export function estimateContributions(
  rates: readonly Rate[], questions: readonly ContributionQuestion[], today: string
): ContributionEstimate {
  const rows = questions.map(question => ({ insurance: question.insurance, estimate: estimateOf(rates, question, today) }))
  const known = rows.flatMap(({ estimate }) => estimate ? [estimate.amountFen] : [])
  return { totalFen: known.length > 0 ? sumFen(known) : null, isComplete: known.length === rows.length, rows }
}

function estimateOf(rates: readonly Rate[], { extras = [], ...question }: ContributionQuestion, today: string): Amounts | null {
  if (!rates.some(({ insurance }) => insurance === question.insurance)) return null
  const fields = { ...question, options: extras }
  try {
    const period = readPeriod(fields, today)
    return overdueRate(rates, fields, period, today) ? null : reckon(rates, fields, period, today)
  } catch (error) {
    // Half filled in: a tier not chosen yet, a period that runs backwards.
    if (error instanceof AppError && error.code === 'FORM_INVALID') return null
    throw error
  }
}
