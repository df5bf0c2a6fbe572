import { shanghaiDate } from '../../../core/dates.ts'
import { sumFen } from '../../../core/money.ts'
import { readAssessment } from '../../db/item-rows.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import { rowsOf } from '../../documents/papers/form-values.ts'
import type { Sum } from '../../documents/papers/form-blocks.ts'
import { maskText } from '../forms/masked-content.ts'
import type { PaperScope } from './paper-scope.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * A declaration as it was written, with what the tax department filled in since: 附件2 has cells for it that an applicant
 * leaves empty. An insurance gets a line for each 征收品目 (须知3: 分行填写); a row that is not assessed stays as written,
 * and totals stay out until every row has an amount.
 */
export function withAssessments(scope: PaperScope, slug: string): Values {
  const { ctx, region, application, content, rows: stored } = scope
  const written = content.items[slug] ?? {}
  const { schema } = ctx.regions.form(region.slug, slug)
  const storedFor = (row: Values) => stored.find(({ insurance }) => insurance === row.insurance)
  const rows = rowsOf(written.rows).flatMap(row => assessedLines(scope, row, storedFor(row)))
  const payer = stored.map(row => readAssessment(ctx, row)?.taxpayerId).find(id => id !== undefined)
  const filedOn = application.submitted_at === null ? {} : { declaredOn: shanghaiDate(application.submitted_at) }
  return {
    ...filedOn, ...written, ...payer !== undefined && { taxpayerId: shown(scope, 'taxpayerId', payer) }, rows,
    ...totalsOf((schema['x-sum'] ?? []) as readonly Sum[], rows)
  }
}

function assessedLines(scope: PaperScope, row: Values, stored: ItemRow | undefined): Values[] {
  if (!stored || stored.amount_fen === null) return [row]
  const paid = (fen: number) => stored.payment_status === 'paid' ? fen : 0
  const found = readAssessment(scope.ctx, stored)
  if (!found) return [{ ...row, dueFen: stored.amount_fen, paidFen: paid(stored.amount_fen) }]
  const { insurance, periodStart, periodEnd } = row
  return found.lines.map(({ amountFen, tierFen: tier, baseFen: base, ...line }) => ({
    insurance, periodStart, periodEnd, tier, base, ...line,
    socialInsuranceCode: shown(scope, 'socialInsuranceCode', found.socialInsuranceCode), dueFen: amountFen, paidFen: paid(amountFen)
  }))
}

function shown({ isMasked }: PaperScope, key: string, text: string): string {
  return isMasked ? maskText(key, text) : text
}

function totalsOf(sums: readonly Sum[], rows: readonly Values[]): Values {
  const known = sums.filter(({ part }) => rows.length > 0 && rows.every(row => Number.isSafeInteger(row[part])))
  return Object.fromEntries(known.map(({ part, total }) => [total, sumFen(rows.map(row => row[part] as number))]))
}
