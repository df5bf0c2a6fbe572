import { ObjectFields } from '../../shared/form/ObjectFields.tsx'
import { actsForRelative } from '../choose/beginning.ts'
import { useDraft } from './draft.ts'

/** 委托办理: who acts for the applicant, asked only when somebody does. The papers for it come with the materials. */
export function Agent() {
  const { store, state, forms, known } = useDraft()
  const { agent } = state.body
  const isMe = actsForRelative(agent, known)
  return (
    <>
      <label className="option">
        <input type="checkbox" checked={agent !== null} onChange={event => store.change('/agent', event.target.checked ? {} : null)} />
        <span>{isMe ? '我替亲友办理（我是代办人）' : '由别人代我办理'}</span>
      </label>
      {agent !== null && (
        <fieldset className="group">
          <legend>{isMe ? '代办人（您自己）' : '代办人'}</legend>
          <p className="hint">须签名的承诺书、委托书在材料那一页下载，已按填写的内容填好。</p>
          <ObjectFields {...forms.agent} value={agent} pointer="/agent" />
        </fieldset>
      )}
    </>
  )
}

/** Whose details are asked for, when the one who fills in the form acts for another. */
export function WhoseDetails() {
  const { state, known } = useDraft()
  if (!actsForRelative(state.body.agent, known)) return null
  return <p className="note">您在替亲友办理：这里填亲友（参保人）本人的信息，不是您的。</p>
}
