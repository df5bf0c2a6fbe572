import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../api.ts'
import type { ControlProps } from './control-props.ts'
import { useForm } from './context.ts'

const LEVELS = [
  { digits: 2, name: '省' }, { digits: 6, name: '县（市、区）' }, { digits: 9, name: '乡镇（街道）' }, { digits: 12, name: '村（社区）' }
] as const

/** A code with everything below its first `digits` taken off, as twelve digits. */
const cut = (code: string, digits: number): string => code.slice(0, digits).padEnd(12, '0')

/**
 * A division of the region, or another province; then, as far as the lists go, county, township and village, each list once the
 * one above it is chosen. The rest of the address is written in words.
 */
export function DivisionSelect(props: ControlProps) {
  const { id, value, isRequired, isFixed, isWrong, describedBy, onChange } = props
  const { divisions, provinces } = useForm()
  const code = String(value ?? '')
  const known = [...divisions, ...provinces]
  const chosen = [6, 2].map(digits => known.find(one => one.code === cut(code, digits).slice(0, 6))).find(Boolean)
  return (
    <>
      <select
        id={id} value={chosen?.code ?? code} disabled={isFixed}
        aria-required={isRequired} aria-invalid={isWrong} aria-describedby={describedBy}
        onChange={event => onChange(event.target.value === '' ? undefined : cut(event.target.value, 6))}
      >
        <option value="">请选择</option>
        {code !== '' && !chosen && <option value={code}>{code}</option>}
        <optgroup label="本地">{divisions.map(one => <option key={one.code} value={one.code}>{one.name}</option>)}</optgroup>
        <optgroup label="其他省份">{provinces.map(one => <option key={one.code} value={one.code}>{one.name}</option>)}</optgroup>
      </select>
      {chosen && <PlaceBelow {...props} parent={cut(chosen.code, 6)} />}
    </>
  )
}

/** The list below a division; nothing where our lists end. */
function PlaceBelow({ parent, ...props }: ControlProps & { readonly parent: string }) {
  const { value, isFixed, describedBy, onChange } = props
  const queryFn = async () => (await answer(api.GET('/places/{code}', { params: { path: { code: parent } } }))).places
  const { data: places = [] } = useQuery({ queryKey: ['places', parent], queryFn, staleTime: Infinity })
  const level = LEVELS[1 + LEVELS.findIndex(({ digits }) => cut(parent, digits) === parent)]
  if (!level || places.length === 0) return null
  const chosen = places.find(({ code }) => code === cut(String(value ?? ''), level.digits))
  return (
    <>
      <select
        className="below" value={chosen?.code ?? ''} disabled={isFixed} aria-label={level.name} aria-describedby={describedBy}
        onChange={event => onChange(event.target.value || parent)}
      >
        <option value="">{`请选择${level.name}`}</option>
        {places.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
      </select>
      {chosen && <PlaceBelow {...props} parent={chosen.code} />}
    </>
  )
}
