import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { caseStatus, itemStatus, moment, toneOf } from '../../shared/words.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Page } from '../frame/Page.tsx'

/** Progress by number and the last four digits of the mobile, without login. */
export function LookupPage() {
  const [search] = useSearchParams()
  const [number, setNumber] = useState(search.get('number') ?? '')
  const [mobileLast4, setMobile] = useState('')
  const [attempt, setAttempt] = useState(0)
  const lookup = useMutation({ mutationFn: () => lookUp(number.trim(), mobileLast4) })
  const mistakes = [
    ...number.trim() ? [] : [{ path: '/number', message: '请填写办件编号' }],
    ...(/^\d{4}$/.test(mobileLast4) ? [] : [{ path: '/mobile', message: '请填写手机号的后四位数字' }])
  ]
  const shown = attempt > 0 ? mistakes : []
  const submit = (): void => {
    setAttempt(attempt + 1)
    if (mistakes.length === 0) lookup.mutate()
  }
  return (
    <Page title="查进度" mistakes={shown.length}>
      <ErrorSummary mistakes={shown} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
        <div className="field">
          <label htmlFor="field-number">办件编号</label>
          <p className="hint" id="number-help">在回执上，也在短信里。</p>
          <input
            id="field-number" value={number} autoComplete="off" aria-describedby="number-help"
            onChange={event => setNumber(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="field-mobile">申请时手机号的后四位</label>
          <input
            id="field-mobile" value={mobileLast4} inputMode="numeric" maxLength={4} autoComplete="off"
            onChange={event => setMobile(event.target.value)}
          />
        </div>
        <ErrorNote error={lookup.error} />
        <div className="actions"><button type="submit" className="wide">{lookup.isPending ? '正在查询…' : '查询'}</button></div>
      </form>
      {lookup.data && <Found found={lookup.data} />}
    </Page>
  )
}

const lookUp = (number: string, mobileLast4: string) =>
  answer(api.GET('/lookup', { params: { query: { number, mobileLast4 } } }))

function Found({ found }: { found: Awaited<ReturnType<typeof lookUp>> }) {
  return (
    <section aria-live="polite">
      <h2>{caseStatus[found.status]}</h2>
      <p>申请人 {found.applicant}，{moment(found.submittedAt)} 提交</p>
      <ul className="tasks">
        {found.items.map(({ slug, title, status }) => (
          <li key={slug}><span>{title}</span><span className={`tag ${toneOf(status)}`}>{itemStatus[status]}</span></li>
        ))}
      </ul>
      <p>登录后可以看到详细进度、领取结果和补正。</p>
    </section>
  )
}
