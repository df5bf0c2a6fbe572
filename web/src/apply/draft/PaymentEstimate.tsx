import type { Schemas } from '../../shared/api.ts'
import { yuan } from '../../shared/form/schema.ts'
import { useDraft } from './draft.ts'
import { insuranceName } from './payment-advice.ts'

/** About how much is to be paid, for each insurance and together; the tax department's assessment is what counts. */
export function PaymentEstimate({ advice }: { advice: Schemas['ContributionAdvice'] }) {
  const { guide } = useDraft()
  const { insurances, totalFen, isComplete } = advice
  return (
    <>
      <dl className="sum">
        {insurances.map(({ insurance, estimate }) => (
          <div key={insurance}>
            <dt>{insuranceName(guide, insurance)}</dt>
            <dd>{estimate ? `约 ${yuan(estimate.amountFen)} 元` : '填好后测算'}</dd>
            {estimate && estimate.lines.length > 1 && estimate.lines.map(({ item, subitem, amountFen }) => (
              <dd key={`${item} ${subitem}`} className="hint">其中{subitem} {yuan(amountFen)} 元</dd>
            ))}
          </div>
        ))}
        {totalFen !== null && (
          <div className="total"><dt>合计{!isComplete && '（已填的）'}</dt><dd>约 {yuan(totalFen)} 元</dd></div>
        )}
      </dl>
      <p>这是测算，以税务部门核定为准。核定后在进度页和短信里告诉您。</p>
    </>
  )
}
