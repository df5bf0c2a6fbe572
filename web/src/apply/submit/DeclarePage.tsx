import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError } from '../../shared/api.ts'
import { useConfirmed } from '../draft/confirmed.ts'
import { stepOf, stepsOf, useDraft } from '../draft/draft.ts'
import { StepNav } from '../draft/StepNav.tsx'
import { noticesPointer } from '../draft/Notices.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import type { Mistake } from '../frame/ErrorSummary.tsx'
import { Page } from '../frame/Page.tsx'
import { titleOf } from '../../shared/region.ts'
import { Refusal } from './Refusal.tsx'
import { Signing } from './Signing.tsx'
import type { Signed } from './Signing.tsx'
import { submit } from './submit.ts'

/** The declaration of the form, ticked and signed by the person; then it is submitted, once, however often it has to be tried. */
export function DeclarePage() {
  const { id, state, store } = useDraft()
  const { confirmed } = useConfirmed(id)
  const [signed, setSigned] = useState<Signed>({ isAccepted: false, isUnsigned: false, signature: null })
  const [attempt, setAttempt] = useState(0)
  const navigate = useNavigate()
  const steps = stepsOf(state.body.matters)
  const mistakes = [...useUnconfirmed(confirmed), ...mistakesOf(signed)]
  const send = useMutation({
    mutationFn: async () => {
      if (!await store.save()) return null
      const signature = signed.isUnsigned ? null : signed.signature
      return submit(id, { confirmedNotices: [...confirmed], declarationAccepted: true, signature })
    },
    onError: () => setAttempt(before => before + 1),
    onSuccess: number => { if (number !== null) void navigate(`/cases/${id}/receipt`, { replace: true }) }
  })
  const onSubmit = (): void => {
    setAttempt(attempt + 1)
    if (mistakes.length === 0 && !send.isPending) send.mutate()
  }
  const fields = send.error instanceof ApiError ? send.error.fields : []
  const refused = fields.map(field => ({ ...field, page: `/drafts/${id}/${stepOf(field.path)}` }))
  const shown = attempt > 0 ? mistakes : []
  return (
    <Page title="承诺并提交" position={`第 ${steps.length} 步，共 ${steps.length} 步`} mistakes={shown.length}>
      <ErrorSummary mistakes={shown.length > 0 ? shown : refused} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); onSubmit() }}>
        <Signing signed={signed} onChange={setSigned} />
        <Refusal error={send.error} />
        <StepNav step="declare" isBusy={send.isPending} isStuck={send.data === null} label={send.isError ? '再次提交' : '提交申请'} />
      </form>
    </Page>
  )
}

/** The 须知 that were not confirmed in this tab, each with the way to its page. */
function useUnconfirmed(confirmed: readonly string[]): Mistake[] {
  const { id, forms, guide, state } = useDraft()
  return state.body.matters
    .filter(slug => (forms.matters[slug]?.ui.notices?.length ?? 0) > 0 && !confirmed.includes(slug))
    .map(slug => ({
      path: noticesPointer(slug), page: `/drafts/${id}/${slug}`, message: `请阅读并确认《${titleOf(guide, slug)}》的业务办理须知`
    }))
}

function mistakesOf({ isAccepted, isUnsigned, signature }: Signed): Mistake[] {
  return [
    ...isAccepted ? [] : [{ path: '/declaration', message: '请阅读承诺内容并勾选同意' }],
    ...signature !== null || isUnsigned ? [] : [{ path: '/signature', message: '请签名；不方便手写的，请勾选签名框下面的一项' }]
  ]
}
