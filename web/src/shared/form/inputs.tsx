import { useState } from 'react'
import type { ControlProps } from './control-props.ts'
import { fenOf, yuan } from './schema.ts'

const attributes = ({ id, isRequired, isFixed, isWrong, describedBy }: ControlProps) => ({
  id, readOnly: isFixed, 'aria-required': isRequired, 'aria-invalid': isWrong, 'aria-describedby': describedBy
})

/** One line of text, with the keyboard of a telephone that fits. */
export function TextInput(props: ControlProps) {
  const { schema, ui, id, value, onChange } = props
  const examples = (schema.examples ?? []).filter(one => typeof one === 'string')
  const list = examples.length > 0 ? `${id}-list` : undefined
  const isTelephone = ui['ui:options']?.inputType === 'tel' || schema.pattern?.startsWith('^1[3-9]')
  return (
    <>
      <input
        {...attributes(props)} type={schema.format === 'email' ? 'email' : isTelephone ? 'tel' : 'text'} value={String(value ?? '')}
        list={list} autoComplete={ui['ui:autocomplete'] ?? 'off'} onChange={event => onChange(event.target.value || undefined)}
      />
      {list && <datalist id={list}>{examples.map(one => <option key={one} value={one} />)}</datalist>}
    </>
  )
}

/** A day, by the calendar of the device. */
export function DateInput(props: ControlProps) {
  return (
    <input
      {...attributes(props)} type="date" max="9999-12-31" value={String(props.value ?? '')}
      onChange={event => props.onChange(event.target.value || undefined)}
    />
  )
}

/** An amount, typed in yuan and kept in fen. */
export function MoneyInput(props: ControlProps) {
  const { value, onChange } = props
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? (typeof value === 'number' ? yuan(value) : String(value ?? ''))
  return (
    <span className="amount">
      <input
        {...attributes(props)} inputMode="decimal" value={shown} autoComplete="off"
        onChange={event => { setTyped(event.target.value); onChange(fenOf(event.target.value)) }}
        onBlur={() => setTyped(undefined)}
      />
      元
    </span>
  )
}
