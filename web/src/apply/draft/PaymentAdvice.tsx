import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import { titleOf } from '../../shared/region.ts'
import { Reasons } from '../choose/Reasons.tsx'
import { useDraft } from './draft.ts'

interface Row {
  readonly insurance?: string
  readonly periodStart?: string
}

/** For a declaration made of rows: when what is paid for each insurance and from when it helps, by the rules as of now. */
export function PaymentAdvice({ step }: { step: string }) {
  const { state, guide } = useDraft()
  const { region } = guide
  const rows = (state.body.items[step]?.rows ?? []) as Row[]
  const asked = rows.flatMap(({ insurance, periodStart }) => {
    if (!insurance) return []
    return [{ insurance, ...(/^\d{4}-\d{2}-\d{2}$/.test(periodStart ?? '') ? { periodStart: periodStart! } : {}) }]
  })
  const advice = useQuery({
    queryKey: ['contribution-advice', region.slug, asked],
    queryFn: () => answer(api.POST('/regions/{region}/contribution-advice', {
      params: { path: { region: region.slug } }, body: { rows: asked }
    })),
    enabled: asked.length > 0,
    placeholderData: before => before
  })
  const insurances = advice.data?.insurances.filter(({ rules }) => rules.length > 0) ?? []
  if (insurances.length === 0) return null
  return (
    <section className="note" aria-live="polite">
      <h2>缴费提示</h2>
      {insurances.map(({ insurance, rules }) => (
        <div key={insurance}>
          <h3>{guide.insurances.find(({ slug }) => slug === insurance)?.title ?? titleOf(guide, insurance)}</h3>
          <Reasons reasons={rules} />
        </div>
      ))}
      <p>应缴金额由税务部门核定，核定后在进度页和短信里告诉您。</p>
    </section>
  )
}
