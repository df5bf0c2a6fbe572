import { Select } from 'antd'
import { CLEAR } from '../labels.ts'

export type Options = readonly { readonly value: string; readonly label: string }[]

interface Props {
  readonly label: string
  readonly options: Options
  readonly value: string | undefined
  /** `undefined` when the choice is taken back. */
  readonly onChange: (value: string | undefined) => void
}

export const optionsOf = (names: Readonly<Record<string, string>>): Options =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

/** One choice of a filter bar. */
export function Choice({ label, options, value, onChange }: Props) {
  return (
    <Select
      aria-label={label} placeholder={label} allowClear={CLEAR} showSearch={{ optionFilterProp: 'label' }} options={[...options]}
      value={value ?? null} className="filter" popupMatchSelectWidth={false} onChange={chosen => onChange(chosen ?? undefined)}
    />
  )
}
