import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { Ticks, toggled } from '../frame/Ticks.tsx'
import { levelsOf, reasonsOf, useRatingOptions } from './rating-options.ts'

const FIRST_BAD = 4

/** 好差评 of one item or of the whole: five levels, reasons for a bad one, a text of one's own. Nothing is chosen beforehand. */
export function RatingPage() {
  return <RequireLogin><Rate /></RequireLogin>
}

function Rate() {
  const { id = '', slug } = useParams()
  const [level, setLevel] = useState<number>()
  const [reasons, setReasons] = useState<string[]>([])
  const [text, setText] = useState('')
  const [attempt, setAttempt] = useState(0)
  const [key] = useState(newKey)
  const isBad = level !== undefined && level >= FIRST_BAD
  const options = useRatingOptions()
  const rate = useMutation({
    mutationFn: (chosen: number) =>
      sendRating({ id, slug, key }, { level: chosen, reasons: isBad ? reasons : [], text: text.trim() || null })
  })
  if (rate.isSuccess) return <Page title="谢谢您的评价"><p>评价已经收到。不满意的，会有人回复您，回复写在办理进度页的“您的评价”里。</p><Back id={id} /></Page>
  const mistakes = attempt > 0 && level === undefined ? [{ path: '/level', message: '请选择一个等次' }] : []
  const submit = (): void => {
    setAttempt(attempt + 1)
    if (level !== undefined) rate.mutate(level)
  }
  return (
    <Page title="评价这次办理" mistakes={mistakes.length}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
        <Loaded query={options}>
          {known => (
            <>
              <Ticks
                id="field-level" legend="您满意吗？" isMultiple={false} choices={levelsOf(known)}
                chosen={[String(level)]} onToggle={value => setLevel(Number(value))}
              />
              {isBad && (
                <Ticks
                  id="field-reasons" legend="哪里不好？（选填）" isMultiple choices={reasonsOf(known)}
                  chosen={reasons} onToggle={value => setReasons(toggled(reasons, value))}
                />
              )}
            </>
          )}
        </Loaded>
        <div className="field">
          <label htmlFor="field-text">还想说什么（选填）</label>
          <textarea id="field-text" rows={4} maxLength={2000} value={text} onChange={event => setText(event.target.value)} />
        </div>
        <ErrorNote error={rate.error} />
        <div className="actions"><button type="submit" className="wide">提交评价</button></div>
      </form>
      <Back id={id} />
    </Page>
  )
}

function Back({ id }: { id: string }) {
  return <p><Link to={`/cases/${id}`}>回到办理进度</Link></p>
}

interface Rated {
  readonly id: string
  /** Undefined: the whole case. */
  readonly slug: string | undefined
  readonly key: string
}

function sendRating({ id, slug, key }: Rated, body: { level: number; reasons: string[]; text: string | null }) {
  const header = { 'Idempotency-Key': key }
  return slug
    ? answer(api.POST('/applications/{id}/items/{slug}/rating', { params: { path: { id, slug }, header }, body }))
    : answer(api.POST('/applications/{id}/rating', { params: { path: { id }, header }, body }))
}
