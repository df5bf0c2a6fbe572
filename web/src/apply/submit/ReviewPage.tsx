import { useNavigate } from 'react-router'
import { valueAt } from '../../shared/form/pointer.ts'
import type { Fields } from '../../shared/form/schema.ts'
import { PERSON, pointerOf, stepOf, stepsOf, useDraft } from '../draft/draft.ts'
import { usePaymentAdvice } from '../draft/payment-advice.ts'
import { PaymentEstimate } from '../draft/PaymentEstimate.tsx'
import { StepNav } from '../draft/StepNav.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Page } from '../frame/Page.tsx'
import { titleOf } from '../../shared/region.ts'
import { Answers } from './Answers.tsx'

/** Everything as it would be submitted, each row with the way back to its field. */
export function ReviewPage() {
  const { id, forms, guide, state } = useDraft()
  const navigate = useNavigate()
  const steps = stepsOf(state.body.matters)
  const mistakes = state.problems.map(({ path, message }) => ({ path, message, page: `/drafts/${id}/${stepOf(path)}` }))
  const goOn = (): void => { if (mistakes.length === 0) void navigate(`/drafts/${id}/declare`) }
  return (
    <Page title="请核对" position={`第 ${steps.indexOf('review') + 1} 步，共 ${steps.length} 步`} mistakes={mistakes.length}>
      <ErrorSummary mistakes={mistakes} attempt={1} />
      {[PERSON, ...state.body.matters].map(step => {
        const part = step === PERSON ? forms.common : forms.matters[step]
        const pointer = pointerOf(step)
        return part && (
          <section key={step}>
            <h2>{step === PERSON ? '申请人信息' : titleOf(guide, step)}</h2>
            <dl className="answers">
              <Answers {...part} value={(valueAt(state.body, pointer) ?? {}) as Fields} pointer={pointer} page={`/drafts/${id}/${step}`} />
            </dl>
            {guide.matters.find(({ slug }) => slug === step)?.hasRows && <Estimate step={step} />}
          </section>
        )
      })}
      {state.body.agent && (
        <section>
          <h2>代办人</h2>
          <dl className="answers"><Answers {...forms.agent} value={state.body.agent} pointer="/agent" page={`/drafts/${id}/${PERSON}`} /></dl>
        </section>
      )}
      {mistakes.length === 0
        ? <form onSubmit={event => { event.preventDefault(); goOn() }}><StepNav step="review" isBusy={false} label="内容无误，下一步" /></form>
        : <p className="note">上面列出的内容改正后，才能进入下一步。</p>}
    </Page>
  )
}

/** What the declaration is likely to cost, once more before it is submitted. */
function Estimate({ step }: { step: string }) {
  const { data } = usePaymentAdvice(step)
  return data ? <div className="note"><h3>预计缴费</h3><PaymentEstimate advice={data} /></div> : null
}
