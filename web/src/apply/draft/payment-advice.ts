import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { titleOf } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { useDraft } from './draft.ts'

type Asked = Schemas['ContributionQuestion']

/** The rows of a declaration as they stand in the form; what is no number or day yet is left out. */
function questionsOf(rows: unknown): Asked[] {
  if (!Array.isArray(rows)) return []
  return rows.flatMap(({ insurance, extras, periodStart, periodEnd, tier, base }: Record<string, unknown>) => {
    if (typeof insurance !== 'string' || insurance === '') return []
    return [{
      insurance,
      ...Array.isArray(extras) && extras.length > 0 && { extras: extras.filter(one => typeof one === 'string') },
      ...isDay(periodStart) && { periodStart }, ...isDay(periodEnd) && { periodEnd },
      ...isAmount(tier) && { tierFen: tier }, ...isAmount(base) && { baseFen: base }
    }]
  })
}

/** More is a slip of the finger, which the form will name. */
const MOST_FEN = 1_000_000_000
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
const isAmount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) <= MOST_FEN

/** When what is paid for the rows of a declaration, and how much is likely to be due, by the rules and figures as of now. */
export function usePaymentAdvice(step: string) {
  const { state, guide } = useDraft()
  const region = guide.region.slug
  const rows = questionsOf(state.body.items[step]?.rows)
  return useQuery({
    queryKey: ['contribution-advice', region, rows],
    queryFn: () => answer(api.POST('/regions/{region}/contribution-advice', { params: { path: { region } }, body: { rows } })),
    enabled: rows.length > 0,
    placeholderData: before => before
  })
}

/** The name of an insurance, as the guide has it. */
export function insuranceName(guide: Guide, slug: string): string {
  return guide.insurances.find(one => one.slug === slug)?.title ?? titleOf(guide, slug)
}
