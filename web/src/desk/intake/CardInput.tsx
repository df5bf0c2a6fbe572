import { Button } from 'antd'
import { useId, useState } from 'react'
import { ApiError } from '../../shared/api.ts'

interface CardInputProps {
  readonly label: string
  readonly isBusy: boolean
  readonly error: Error | null
  readonly hasFocus?: boolean
  readonly onRead: (reading: string) => void
}

/**
 * Where a card reader types its line and ends it with Enter; the same field takes a name and a number typed by hand. What was
 * read does not stay in the field.
 */
export function CardInput({ label, isBusy, error, hasFocus = false, onRead }: CardInputProps) {
  const [text, setText] = useState('')
  const id = useId()
  const problems = problemsOf(error)
  const read = (): void => {
    if (text.trim() === '' || isBusy) return
    onRead(text)
    setText('')
  }
  return (
    // No form of its own: it may stand within one, and its Enter must not submit that.
    <div className="card-input">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-help`} className="hint">把证件放到读卡器上；没有读卡器的，输入“姓名 证件号码”，按回车。</p>
      {problems.map(message => <p key={message} className="mistake" role="alert">{message}</p>)}
      <div className="card-line">
        <input
          id={id} value={text} autoComplete="off" spellCheck={false} aria-describedby={`${id}-help`} aria-invalid={problems.length > 0}
          autoFocus={hasFocus} onChange={event => setText(event.target.value)}
          onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); read() } }}
        />
        <Button onClick={read} loading={isBusy}>读取（回车）</Button>
      </div>
    </div>
  )
}

/** What is wrong with the card, field by field, or the refusal as a whole. */
function problemsOf(error: Error | null): string[] {
  if (!error) return []
  return error instanceof ApiError && error.fields.length > 0 ? error.fields.map(({ message }) => message) : [error.message]
}
