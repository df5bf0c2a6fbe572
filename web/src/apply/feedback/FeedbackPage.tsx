import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { ApiError, answer, api } from '../../shared/api.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Page } from '../frame/Page.tsx'
import { bodyOf, mistakesOf } from './opinion.ts'
import type { Opinion } from './opinion.ts'

/** 意见建议, without login. */
export function FeedbackPage() {
  const [opinion, setOpinion] = useState<Opinion>({ text: '', region: '', mobile: '' })
  const [attempt, setAttempt] = useState(0)
  const send = useMutation({
    mutationFn: () => answer(api.POST('/feedback', { body: bodyOf(opinion) })),
    onError: () => setAttempt(before => before + 1)
  })
  if (send.data) return <Received number={send.data.number} hasMobile={opinion.mobile !== ''} />
  const wrong = attempt > 0 ? mistakesOf(opinion) : []
  const shown = wrong.length > 0 || !(send.error instanceof ApiError) ? wrong : send.error.fields
  const submit = (): void => {
    setAttempt(attempt + 1)
    if (mistakesOf(opinion).length === 0 && !send.isPending) send.mutate()
  }
  return (
    <Page title="意见建议" mistakes={shown.length}>
      <p>不用登录。要查自己的办件，请用“<Link to="/lookup">查进度</Link>”。写过意见的，可以<Link to="/feedback/lookup">看答复</Link>。</p>
      <ErrorSummary mistakes={shown} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
        <Fields opinion={opinion} onChange={change => setOpinion({ ...opinion, ...change })} />
        <ErrorNote error={send.error} />
        <div className="actions"><button type="submit" className="wide">{send.isPending ? '正在提交…' : '提交'}</button></div>
      </form>
    </Page>
  )
}

interface FieldsProps {
  readonly opinion: Opinion
  readonly onChange: (change: Partial<Opinion>) => void
}

function Fields({ opinion: { text, region, mobile }, onChange }: FieldsProps) {
  const { data } = useQuery({ queryKey: ['regions'], queryFn: () => answer(api.GET('/regions')), staleTime: Infinity })
  return (
    <>
      <div className="field">
        <label htmlFor="field-text">您的意见或建议</label>
        <p className="hint" id="text-help">请不要写身份证号码。</p>
        <textarea
          id="field-text" rows={6} maxLength={2000} value={text} aria-describedby="text-help"
          onChange={event => onChange({ text: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="field-region">关于哪个地区（选填）</label>
        <select id="field-region" value={region} onChange={event => onChange({ region: event.target.value })}>
          <option value="">不针对某个地区</option>
          {data?.regions.map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}
        </select>
      </div>
      <div className="field">
        <label htmlFor="field-mobile">您的手机号（选填）</label>
        <p className="hint" id="mobile-help">填了才能查到答复。</p>
        <input
          id="field-mobile" type="tel" value={mobile} maxLength={11} autoComplete="tel" aria-describedby="mobile-help"
          onChange={event => onChange({ mobile: event.target.value.trim() })}
        />
      </div>
    </>
  )
}

function Received({ number, hasMobile }: { number: string; hasMobile: boolean }) {
  return (
    <Page title="意见已经收到">
      <div className="note good"><p>意见编号</p><p className="number">{number}</p></div>
      {hasMobile
        ? <p>请记下编号。凭编号和手机号后四位可以<Link to={`/feedback/lookup?number=${encodeURIComponent(number)}`}>看答复</Link>。</p>
        : <p>您没有留手机号，工作人员会看到这条意见，但不能答复您。</p>}
    </Page>
  )
}
