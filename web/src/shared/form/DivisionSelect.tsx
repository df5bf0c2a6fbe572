import type { ControlProps } from './controls.tsx'
import { useForm } from './context.ts'

const TWELVE = 12

/**
 * A division of the region, or another province. What was filled in more exactly beforehand (a village) stays as it is until
 * another division is chosen; the rest of the address is written in words.
 */
export function DivisionSelect({ id, value, isRequired, isFixed, isWrong, describedBy, onChange }: ControlProps) {
  const { divisions, provinces } = useForm()
  const code = String(value ?? '')
  const known = [...divisions, ...provinces]
  const chosen = known.find(one => one.code === code.slice(0, 6))
  return (
    <select
      id={id} value={chosen?.code ?? code} disabled={isFixed}
      aria-required={isRequired} aria-invalid={isWrong} aria-describedby={describedBy}
      onChange={event => onChange(event.target.value === '' ? undefined : event.target.value.padEnd(TWELVE, '0'))}
    >
      <option value="">请选择</option>
      {code !== '' && !chosen && <option value={code}>{code}</option>}
      <optgroup label="本地">{divisions.map(one => <option key={one.code} value={one.code}>{one.name}</option>)}</optgroup>
      <optgroup label="其他省份">{provinces.map(one => <option key={one.code} value={one.code}>{one.name}</option>)}</optgroup>
    </select>
  )
}
