import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { Column } from './dmn-document.ts'

interface Props {
  readonly draft: string
  readonly columns: readonly Column[]
  /** The engine is asked about what is saved. */
  readonly isSaved: boolean
  readonly onHits: (ruleIds: readonly string[]) => void
}

/** Asks the saved table on the engine; the rules that answered are lit above. */
export function TryOut({ draft, columns, isSaved, onHits }: Props) {
  const [inputs, setInputs] = useState<Readonly<Record<string, string>>>({})
  const asked = columns.filter(({ kind }) => kind === 'input')
  const outputs = columns.filter(({ kind }) => kind === 'output')
  const ask = useMutation({
    mutationFn: () => answer(api.POST('/drafts/{draft}/evaluate', {
      params: { path: { draft } },
      body: {
        inputs: Object.fromEntries(asked.flatMap(({ name, type }) => (inputs[name] ? [[name, typed(inputs[name], type)]] : [])))
      }
    })),
    onSuccess: ({ hits }) => onHits(hits)
  })
  return (
    <form
      className="try-out" aria-label="试算"
      onSubmit={event => {
        event.preventDefault()
        ask.mutate()
      }}
    >
      <h2>试算</h2>
      <div className="try-out-inputs">
        {asked.map(column => (
          <label key={column.name}>
            {column.label}
            <Input column={column} value={inputs[column.name] ?? ''} onChange={value => setInputs({ ...inputs, [column.name]: value })} />
          </label>
        ))}
      </div>
      <Button type="primary" htmlType="submit" disabled={!isSaved} loading={ask.isPending}>试算</Button>
      {!isSaved && <span className="quiet">请先保存再试算。</span>}
      {ask.error && <Alert type="error" showIcon title={ask.error.message} role="alert" />}
      {ask.data && (
        <div role="status">
          <p>{ask.data.hits.length > 0 ? `命中 ${ask.data.hits.length} 条：${ask.data.hits.join('、')}` : '没有规则回答。'}</p>
          <ul>
            {ask.data.rows.map((row, index) => (
              <li key={ask.data.hits[index]}>{outputs.map(({ name, label }) => `${label}：${String((row as Record<string, unknown>)[name] ?? '空')}`).join('；')}</li>
            ))}
          </ul>
        </div>
      )}
    </form>
  )
}

function typed(text: string, type: string): string | number | boolean {
  if (type === 'boolean') return text === 'true'
  return ['integer', 'long', 'double', 'number'].includes(type) ? Number(text) : text
}

interface InputProps {
  readonly column: Column
  readonly value: string
  readonly onChange: (value: string) => void
}

function Input({ column: { label, type, values }, value, onChange }: InputProps) {
  const options = type === 'boolean' ? ['true', 'false'] : values
  if (options.length === 0) return <input aria-label={label} value={value} onChange={({ target }) => onChange(target.value)} />
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">不知道</option>
      {options.map(option => <option key={option} value={option}>{WORDS[option] ?? option}</option>)}
    </select>
  )
}

const WORDS: Readonly<Record<string, string>> = { true: '是', false: '否' }
