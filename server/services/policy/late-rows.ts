import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import type { ApplicationContent } from '../../db/applications.ts'
import type { Problem } from '../forms/form-check-messages.ts'
import { contributionAdvice } from './contribution-advice.ts'
import type { ContributionQuestion } from './contribution-advice.ts'

/** The rows of a declaration that the region's `contribution` table calls too late, each with its clause. */
export async function lateRows(
  ctx: Pick<ServerContext, 'clock' | 'decisions'>, region: Region, matters: readonly string[], { items }: Pick<ApplicationContent, 'items'>
): Promise<Problem[]> {
  const declaring = region.matters.filter(({ slug, hasRows }) => hasRows && matters.includes(slug))
  const found = declaring.map(async ({ slug }) => {
    const rows = items[slug]?.rows
    const questions = Array.isArray(rows) ? rows.filter(isQuestion) : []
    const advice = await contributionAdvice(ctx, region, questions, ctx.clock.today())
    return advice.flatMap(({ rules }, index) => rules.filter(({ verdict }) => verdict === 'too-late').map(({ clause, message }) => ({
      path: `/items/${slug}/rows/${index}/extras`, code: 'PAYMENT_TOO_LATE', message: `${message}（${clause}）`
    })))
  })
  return (await Promise.all(found)).flat()
}

/** Whatever else a row may be, the form has its own word for it. */
function isQuestion(row: unknown): row is ContributionQuestion {
  const { insurance, extras = [] } = (row ?? {}) as Partial<ContributionQuestion>
  return typeof insurance === 'string' && Array.isArray(extras) && extras.every(one => typeof one === 'string')
}
