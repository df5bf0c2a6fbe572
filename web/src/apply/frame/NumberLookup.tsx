import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'
import { Page } from './Page.tsx'

export interface Asked {
  readonly number: string
  readonly mobileLast4: string
}

interface NumberLookupProps<T> {
  readonly title: string
  /** What the number is called, and where it stands. */
  readonly numberLabel: string
  readonly help: string
  readonly mobileLabel: string
  /** Number that the address brought along. */
  readonly number: string
  readonly lookup: UseMutationResult<T, Error, Asked>
  readonly children: (found: T) => ReactNode
}

/** A page that looks something up by its number and the last four digits of the mobile, without login. */
export function NumberLookup<T>(props: NumberLookupProps<T>) {
  const { title, numberLabel, help, mobileLabel, lookup, children } = props
  const [number, setNumber] = useState(props.number)
  const [mobileLast4, setMobile] = useState('')
  const [attempt, setAttempt] = useState(0)
  const mistakes = [
    ...number.trim() ? [] : [{ path: '/number', message: `请填写${numberLabel}` }],
    ...(/^\d{4}$/.test(mobileLast4) ? [] : [{ path: '/mobile', message: '请填写手机号的后四位数字' }])
  ]
  const shown = attempt > 0 ? mistakes : []
  const submit = (): void => {
    setAttempt(attempt + 1)
    if (mistakes.length === 0) lookup.mutate({ number: number.trim(), mobileLast4 })
  }
  return (
    <Page title={title} mistakes={shown.length}>
      <ErrorSummary mistakes={shown} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
        <div className="field">
          <label htmlFor="field-number">{numberLabel}</label>
          <p className="hint" id="number-help">{help}</p>
          <input
            id="field-number" value={number} autoComplete="off" aria-describedby="number-help"
            onChange={event => setNumber(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="field-mobile">{mobileLabel}</label>
          <input
            id="field-mobile" value={mobileLast4} inputMode="numeric" maxLength={4} autoComplete="off"
            onChange={event => setMobile(event.target.value)}
          />
        </div>
        <ErrorNote error={lookup.error} />
        <div className="actions"><button type="submit" className="wide">{lookup.isPending ? '正在查询…' : '查询'}</button></div>
      </form>
      {lookup.data !== undefined && children(lookup.data)}
    </Page>
  )
}
