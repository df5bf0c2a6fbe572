import type { Insurance } from '../../../core/region.ts'
import type { FormPart, JsonSchema } from './form-bundle.ts'

type Row = Record<string, unknown>

/**
 * One row for each insurance (须知3: 分行填写). The period is that of `today`: the whole year where the row's example
 * spans a year, else the month. In development tier and base come from the example as well.
 */
export function contributionRows(
  form: FormPart, insurances: readonly Insurance[], { today, isDevelopment }: { today: string; isDevelopment: boolean }
): Row[] {
  const rows = (form.schema.properties as Record<string, JsonSchema>).rows!
  const examples = ((rows.items as JsonSchema).examples ?? []) as readonly Row[]
  return insurances.map(({ slug }) => {
    const example = examples.find(({ insurance }) => insurance === slug) ?? {}
    const period = periodOf(today, isYearly(example))
    return isDevelopment ? { ...example, insurance: slug, ...period } : { insurance: slug, ...period }
  })
}

function isYearly({ periodStart, periodEnd }: Row): boolean {
  return String(periodStart).slice(0, 7) !== String(periodEnd).slice(0, 7)
}

function periodOf(today: string, yearly: boolean): { periodStart: string; periodEnd: string } {
  const year = today.slice(0, 4)
  if (yearly) return { periodStart: `${year}-01-01`, periodEnd: `${year}-12-31` }
  const month = today.slice(5, 7)
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return { periodStart: `${year}-${month}-01`, periodEnd: `${year}-${month}-${lastDay}` }
}
