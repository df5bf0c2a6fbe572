import { useDraft } from '../draft/draft.ts'
import { SignaturePad } from '../../shared/SignaturePad.tsx'

export interface Signed {
  readonly isAccepted: boolean
  /** The person cannot sign by hand here. */
  readonly isUnsigned: boolean
  /** PNG as data URL. */
  readonly signature: string | null
}

/** The declaration as the form prints it, and the signature below it. Nothing is ticked beforehand. */
export function Signing({ signed, onChange }: { signed: Signed; onChange: (signed: Signed) => void }) {
  const { forms } = useDraft()
  return (
    <>
      <fieldset id="field-declaration" className="field" tabIndex={-1}>
        <legend>承诺</legend>
        <p>{forms.common.ui.declaration}</p>
        <label className="option">
          <input type="checkbox" checked={signed.isAccepted} onChange={event => onChange({ ...signed, isAccepted: event.target.checked })} />
          <span>我同意以上承诺</span>
        </label>
      </fieldset>
      <fieldset id="field-signature" className="field" tabIndex={-1}>
        <legend>本人签名</legend>
        <p className="hint">用手指或鼠标写在框里。</p>
        <SignaturePad onSigned={signature => onChange({ ...signed, signature })} />
        <label className="option">
          <input type="checkbox" checked={signed.isUnsigned} onChange={event => onChange({ ...signed, isUnsigned: event.target.checked })} />
          <span>我不方便手写，以实名登录和勾选承诺为准</span>
        </label>
      </fieldset>
    </>
  )
}
