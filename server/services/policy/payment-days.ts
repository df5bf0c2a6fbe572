import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Subject } from '../subjects.ts'
import { contributionAdvice } from './contribution-advice.ts'
import type { ContributionQuestion } from './contribution-advice.ts'

/**
 * The last days (MM-DD of this year) that the region's `contribution` table names for a row and what is declared with it, e.g.
 * 大额医疗费用统筹须每年1月底前缴纳 (⑦须知1); none for what is no row. The table is told insurance, options, year and month.
 */
export async function lastPaymentDays(ctx: ServerContext, { application, item, row }: Subject): Promise<string[]> {
  if (!item || !row) return []
  const rows = (readContent(ctx, application).items[item.slug]?.rows ?? []) as readonly ContributionQuestion[]
  const declared = rows.find(({ insurance }) => insurance === row.insurance) ?? { insurance: row.insurance }
  const [advice] = await contributionAdvice(ctx, ctx.regions.get(application.region), [declared], ctx.clock.today())
  return advice!.rules.flatMap(({ payBy }) => payBy ?? [])
}
