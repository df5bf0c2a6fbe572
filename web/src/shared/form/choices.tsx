import type { ControlProps } from './control-props.ts'
import { optionsOf } from './schema.ts'

/** A few choices, all in sight; of one that is fixed only the one that holds. Nothing is chosen for anybody. */
export function Radios({ schema, ui, id, value, isFixed, onChange }: ControlProps) {
  return optionsOf(schema, ui).filter(option => !isFixed || value === option.const).map(option => (
    <label key={option.const} className="option">
      <input
        type="radio" name={id} checked={value === option.const} disabled={isFixed} onChange={() => onChange(option.const)}
      />
      <span>{option.title}{schema['x-window-only']?.includes(option.const) && '（只能到窗口办理）'}</span>
    </label>
  ))
}

/** Many choices. */
export function Select({ schema, ui, id, value, isRequired, isFixed, isWrong, describedBy, onChange }: ControlProps) {
  return (
    <select
      id={id} value={String(value ?? '')} disabled={isFixed}
      aria-required={isRequired} aria-invalid={isWrong} aria-describedby={describedBy}
      onChange={event => onChange(event.target.value || undefined)}
    >
      <option value="">请选择</option>
      {optionsOf(schema, ui).map(option => <option key={option.const} value={option.const}>{option.title}</option>)}
    </select>
  )
}

/** Any number of choices, kept in the order of the form. */
export function Checkboxes({ schema, ui, value, isFixed, onChange }: ControlProps) {
  const chosen = Array.isArray(value) ? value : []
  const options = optionsOf(schema.items ?? {}, ui)
  const toggle = (one: string) => {
    const next = new Set(chosen.includes(one) ? chosen.filter(other => other !== one) : [...chosen, one])
    onChange(options.map(option => option.const).filter(option => next.has(option)))
  }
  return options.map(option => (
    <label key={option.const} className="option">
      <input
        type="checkbox" checked={chosen.includes(option.const)} disabled={isFixed} onChange={() => toggle(option.const)}
      />
      <span>{option.title}</span>
    </label>
  ))
}

/** 是 or 否; neither is chosen before the person has. */
export function YesNo({ id, value, isFixed, onChange }: ControlProps) {
  return [true, false].map(answer => (
    <label key={String(answer)} className="option">
      <input type="radio" name={id} checked={value === answer} disabled={isFixed} onChange={() => onChange(answer)} />
      <span>{answer ? '是' : '否'}</span>
    </label>
  ))
}

/** Something that has to be confirmed, never confirmed beforehand. */
export function Confirmation({ schema, value, isFixed, onChange }: ControlProps) {
  return (
    <label className="option">
      <input type="checkbox" checked={value === true} disabled={isFixed} onChange={event => onChange(event.target.checked || undefined)} />
      <span>{schema.title}</span>
    </label>
  )
}
