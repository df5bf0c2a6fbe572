import { controlId } from '../../shared/form/pointer.ts'
import { SigningWay } from '../shared/SigningWay.tsx'
import type { SigningChoice } from '../shared/SigningWay.tsx'

export interface Signed extends SigningChoice {
  readonly isAccepted: boolean
  readonly hasSignedCopies: boolean
}

export const UNSIGNED: Signed = { way: null, witness: '', signature: null, isAccepted: false, hasSignedCopies: false }

interface SigningPanelProps {
  readonly declaration: string
  readonly signed: Signed
  readonly onChange: (signed: Signed) => void
}

/** The declaration of the form, how it is signed, and the copies. Nothing is ticked beforehand. */
export function SigningPanel({ declaration, signed, onChange }: SigningPanelProps) {
  return (
    <section className="panel" aria-labelledby="signing-title">
      <h2 id="signing-title">承诺和签名</h2>
      <p>{declaration}</p>
      <label className="option">
        <input
          id={controlId('/declaration')} type="checkbox" checked={signed.isAccepted}
          onChange={event => onChange({ ...signed, isAccepted: event.target.checked })}
        />
        <span>申请人已阅读并同意以上承诺</span>
      </label>
      <SigningWay who="申请人" choice={signed} onChange={choice => onChange({ ...signed, ...choice })} />
      <label className="option">
        <input
          type="checkbox" checked={signed.hasSignedCopies}
          onChange={event => onChange({ ...signed, hasSignedCopies: event.target.checked })}
        />
        <span>复印件已由申请人签名</span>
      </label>
    </section>
  )
}
