interface TicksProps {
  readonly id: string
  readonly legend: string
  readonly help?: string
  readonly isMultiple: boolean
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: readonly string[]
  readonly onToggle: (value: string) => void
}

/** Choices under one legend, one or several; none is chosen beforehand. */
export function Ticks({ id, legend, help, isMultiple, choices, chosen, onToggle }: TicksProps) {
  return (
    <fieldset id={id} className="field" tabIndex={-1}>
      <legend>{legend}</legend>
      {help && <p className="hint">{help}</p>}
      {choices.map(({ value, label }) => (
        <label key={value} className="option">
          <input type={isMultiple ? 'checkbox' : 'radio'} name={id} checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** A list with one value more or less. */
export function toggled(chosen: readonly string[], value: string): string[] {
  return chosen.includes(value) ? chosen.filter(one => one !== value) : [...chosen, value]
}
