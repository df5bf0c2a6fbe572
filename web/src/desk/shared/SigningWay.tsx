import { controlId } from '../../shared/form/pointer.ts'
import { SignaturePad } from '../../shared/SignaturePad.tsx'

export interface SigningChoice {
  readonly way: 'screen' | 'paper' | 'fingerprint' | null
  readonly witness: string
  /** PNG as data URL. */
  readonly signature: string | null
}

const WAYS = [['screen', '在屏幕上签名'], ['paper', '在打印件上签名'], ['fingerprint', '按指印（须有见证人）']] as const

interface SigningWayProps {
  readonly who: string
  readonly choice: SigningChoice
  readonly onChange: (choice: SigningChoice) => void
}

/** How somebody signs at the counter; a fingerprint needs the name of who saw it. */
export function SigningWay({ who, choice, onChange }: SigningWayProps) {
  const { way, witness } = choice
  return (
    <>
      <fieldset className="field" id={controlId('/signing')} tabIndex={-1}>
        <legend>{who}怎样签名</legend>
        {WAYS.map(([value, label]) => (
          <label key={value} className="option">
            <input type="radio" name="signing" checked={way === value} onChange={() => onChange({ ...choice, way: value })} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {way === 'screen' && <SignaturePad onSigned={signature => onChange({ ...choice, signature })} />}
      {way === 'fingerprint' && (
        <div className="field">
          <label htmlFor={controlId('/witness')}>见证人姓名</label>
          <input
            id={controlId('/witness')} value={witness} maxLength={50} autoComplete="off"
            onChange={event => onChange({ ...choice, witness: event.target.value })}
          />
        </div>
      )}
    </>
  )
}
