import { useEffect, useMemo, useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import { Form } from '../../shared/form/context.ts'
import { ObjectFields } from '../../shared/form/ObjectFields.tsx'
import { valueAt } from '../../shared/form/pointer.ts'
import { withoutUnasked } from '../../shared/form/schema.ts'
import type { Fields } from '../../shared/form/schema.ts'
import { sourceOf } from '../../shared/prefill.ts'
import { focusControl } from '../../shared/form/focus-control.ts'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { NothingHere } from '../frame/NothingHere.tsx'
import { Page } from '../frame/Page.tsx'
import { titleOf } from '../../shared/region.ts'
import { Agent, WhoseDetails } from './Agent.tsx'
import { useConfirmed } from './confirmed.ts'
import { PERSON, pointerOf, stepOf, stepsOf, useDraft } from './draft.ts'
import { Notices, noticesPointer } from './Notices.tsx'
import { PaymentAdvice } from './PaymentAdvice.tsx'
import { StepNav } from './StepNav.tsx'

/** One part of the form on a page of its own: the person, or one matter with its 须知. */
export function SectionPage() {
  const { step = '' } = useParams()
  const { state } = useDraft()
  const isKnown = step === PERSON || state.body.matters.includes(step)
  return isKnown ? <Section key={step} step={step} /> : <NothingHere />
}

const UNCONFIRMED = '请阅读并确认业务办理须知'
const isOn = (step: string) => ({ path }: { readonly path: string }): boolean => stepOf(path) === step

function Section({ step }: { step: string }) {
  const { id, store, state, forms, guide } = useDraft()
  const { confirmed, confirm } = useConfirmed(id)
  const [attempt, setAttempt] = useState(0)
  const [isStuck, setStuck] = useState(false)
  const navigate = useNavigate()
  const pointer = pointerOf(step)
  const part = step === PERSON ? forms.common : forms.matters[step]
  const steps = stepsOf(state.body.matters)
  const isHere = isOn(step)
  const notices = part?.ui.notices ?? []
  const isUnconfirmed = notices.length > 0 && !confirmed.includes(step)
  const mistakes = [
    ...(isUnconfirmed ? [{ path: noticesPointer(step), message: UNCONFIRMED }] : []), ...state.problems.filter(isHere)
  ]
  const shown = attempt > 0 ? mistakes : []
  const form = useFormOf(attempt > 0)
  useFieldOfAddress()

  const goOn = async (): Promise<void> => {
    store.change(pointer, part && withoutUnasked(part.schema, valueAt(state.body, pointer)))
    const isSaved = await store.save()
    setStuck(!isSaved)
    if (!isSaved) return
    const isDone = !isUnconfirmed && !store.current().problems.some(isHere)
    if (isDone) await navigate(`../${steps[steps.indexOf(step) + 1]}`, { relative: 'path' })
    else setAttempt(attempt + 1)
  }

  if (!part) return <NothingHere />
  const title = step === PERSON ? '申请人信息' : titleOf(guide, step)
  return (
    <Page title={title} position={`第 ${steps.indexOf(step) + 1} 步，共 ${steps.length} 步`} mistakes={shown.length}>
      <ErrorSummary mistakes={shown} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); void goOn() }}>
        {step === PERSON && <WhoseDetails />}
        <Form value={form}>
          <ObjectFields {...part} value={(valueAt(state.body, pointer) ?? {}) as Fields} pointer={pointer} />
          {step === PERSON && <Agent />}
        </Form>
        {guide.matters.find(({ slug }) => slug === step)?.hasRows && <PaymentAdvice step={step} />}
        <Notices
          step={step} notices={notices} isConfirmed={confirmed.includes(step)} isWrong={attempt > 0 && isUnconfirmed}
          onConfirm={isConfirmed => confirm(step, isConfirmed)}
        />
        <StepNav step={step} isBusy={state.isSaving} isStuck={isStuck} />
      </form>
    </Page>
  )
}

/** What the fields work with; with `isTold` each says what is wrong with it. */
function useFormOf(isTold: boolean) {
  const { store, state, places, known } = useDraft()
  return useMemo(() => ({
    problems: new Map(isTold ? state.problems.map(({ path, message }) => [path, message]) : []),
    ...places,
    sourceOf: (path: string, value: unknown) => known && sourceOf(known, path, value),
    onChange: (path: string, value: unknown) => store.change(path, value)
  }), [isTold, state.problems, places, store, known])
}

/** The field that the address names (a link of a summary on another page) takes the focus. */
function useFieldOfAddress(): void {
  const { hash } = useLocation()
  useEffect(() => {
    if (hash.startsWith('#field-')) focusControl(hash.slice(1))
  }, [hash])
}
