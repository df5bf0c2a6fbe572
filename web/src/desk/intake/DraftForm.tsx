import { Alert, Button } from 'antd'
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import type { DraftState } from '../../shared/draft/draft-store.ts'
import { Form } from '../../shared/form/context.ts'
import { focusControl } from '../../shared/form/focus-control.ts'
import { controlId } from '../../shared/form/pointer.ts'
import { sourceOf } from '../../shared/prefill.ts'
import { AgentPanel } from './AgentPanel.tsx'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'
import { FormSections } from './FormSections.tsx'
import { MaterialsPanel } from './MaterialsPanel.tsx'
import { NoticesPanel } from './NoticesPanel.tsx'
import { SigningPanel, UNSIGNED } from './SigningPanel.tsx'
import type { Signed } from './SigningPanel.tsx'
import { useIntake, useSubmit } from './use-intake.ts'

/** The whole application on one page: what is filled in already is folded, the keyboard begins where something is missing. */
export function DraftForm({ draft }: { draft: OpenDraft }) {
  const { id, store, places, known } = draft
  const state = useSyncExternalStore(store.subscribe, store.current)
  const intake = useIntake(id)
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const [signed, setSigned] = useState<Signed>(UNSIGNED)
  const [attempt, setAttempt] = useState(0)
  const submit = useSubmit(draft)
  const form = useMemo(() => ({
    problems: new Map(state.problems.map(({ path, message }) => [path, message])),
    ...places,
    sourceOf: (path: string, value: unknown) => known && sourceOf(known, path, value),
    onChange: (path: string, value: unknown) => store.change(path, value)
  }), [state.problems, places, store, known])
  const done = { confirmed, signed, isAgentChecked: Boolean(intake.data?.agentCheckedAt) }
  const mistakes = mistakesOf(draft, state, done)
  const send = async (): Promise<void> => {
    setAttempt(attempt + 1)
    // What was typed last may have mended what the last saving found amiss.
    if (store.current().hasUnsaved) await store.save()
    const [first] = mistakesOf(draft, store.current(), done)
    if (first) focusControl(controlId(first.path))
    else if (!submit.isPending) submit.mutate({ confirmed, signed })
  }
  useFocusAtStart(state)
  useSavingWhileOpen(draft)
  return (
    <div className="intake form-fields">
      <h1>录入申请</h1>
      <p className="quiet" role="status">{savedText(state)}{intake.data && `　收件人：${intake.data.takenBy}`}</p>
      <form noValidate onSubmit={event => { event.preventDefault(); void send() }} id="intake-form">
        <Form value={form}>
          <FormSections draft={draft} state={state} />
          <AgentPanel draft={draft} state={state} intake={intake.data} />
        </Form>
        <MaterialsPanel draft={draft} state={state} />
        <NoticesPanel draft={draft} state={state} confirmed={confirmed} onConfirm={setConfirmed} />
        <SigningPanel declaration={String(draft.forms.common.ui.declaration ?? '')} signed={signed} onChange={setSigned} />
        {attempt > 0 && mistakes.length > 0 && (
          <Alert
            type="error" showIcon title={`还有 ${mistakes.length} 处要补`}
            description={<ul>{mistakes.map(({ path, message }) => <li key={`${path}${message}`}>{message}</li>)}</ul>}
          />
        )}
        {submit.error && <Alert type="error" showIcon title={submit.error.message} />}
        <Button type="primary" htmlType="submit" loading={submit.isPending}>提交并打印收件凭证</Button>
      </form>
    </div>
  )
}

interface Mistake {
  readonly path: string
  readonly message: string
}

interface Done {
  readonly confirmed: readonly string[]
  readonly signed: Signed
  readonly isAgentChecked: boolean
}

/** Everything that still bars the submission, in the order of the page. */
function mistakesOf({ forms, guide }: OpenDraft, { body, problems }: DraftState, done: Done): Mistake[] {
  const { confirmed, signed, isAgentChecked } = done
  const titles = new Map(guide.matters.map(({ slug, title }) => [slug, title]))
  const unconfirmed = body.matters.filter(slug => (forms.matters[slug]?.ui.notices?.length ?? 0) > 0 && !confirmed.includes(slug))
  return [
    ...problems,
    ...body.agent && !isAgentChecked ? [{ path: '/agent', message: '请刷代办人的证件，核验身份' }] : [],
    ...unconfirmed.map(slug => ({ path: `/notices/${slug}`, message: `请告知并勾选《${titles.get(slug)}》的业务办理须知` })),
    ...signed.isAccepted ? [] : [{ path: '/declaration', message: '请申请人阅读承诺内容并勾选同意' }],
    ...signed.way === null ? [{ path: '/signing', message: '请选择签名方式' }] : [],
    ...signed.way === 'screen' && signed.signature === null ? [{ path: '/signing', message: '请申请人在屏幕上签名' }] : [],
    ...signed.way === 'fingerprint' && signed.witness.trim() === '' ? [{ path: '/witness', message: '按指印的，请填写见证人姓名' }] : []
  ]
}

function savedText({ isSaving, hasUnsaved, savedAt, hindrance }: DraftState): string {
  if (hindrance) return hindrance.message
  if (isSaving || hasUnsaved) return '正在保存…'
  return savedAt === null ? '已读取草稿' : `已于 ${new Date(savedAt).toLocaleTimeString('zh-CN')} 保存`
}

/** The keyboard begins at the first thing that is missing, else at what has to be confirmed. */
function useFocusAtStart({ problems, body }: DraftState): void {
  const focus = useEffectEvent(() => focusControl(controlId(problems[0]?.path ?? `/notices/${body.matters[0]}`)))
  useEffect(() => {
    const timer = setTimeout(focus)
    return () => clearTimeout(timer)
  }, [])
}

function useSavingWhileOpen({ store }: OpenDraft): void {
  useEffect(() => {
    const again = (): void => void store.save()
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('online', again)
      void store.save().finally(() => store.stop())
    }
  }, [store])
}
