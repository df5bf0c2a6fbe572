import { Reasons } from '../choose/Reasons.tsx'
import { useDraft } from './draft.ts'
import { insuranceName, usePaymentAdvice } from './payment-advice.ts'
import { PaymentEstimate } from './PaymentEstimate.tsx'

/** For a declaration made of rows: when what is paid for each insurance and from when it helps, and about how much that is. */
export function PaymentAdvice({ step }: { step: string }) {
  const { guide } = useDraft()
  const { data } = usePaymentAdvice(step)
  if (!data) return null
  return (
    <section className="note" aria-live="polite">
      <h2>缴费提示</h2>
      {data.insurances.filter(({ rules }) => rules.length > 0).map(({ insurance, rules }) => (
        <div key={insurance}>
          <h3>{insuranceName(guide, insurance)}</h3>
          <Reasons reasons={rules} />
        </div>
      ))}
      <h3>预计缴费</h3>
      <PaymentEstimate advice={data} />
    </section>
  )
}
