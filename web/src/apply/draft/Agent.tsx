import { ObjectFields } from '../../shared/form/ObjectFields.tsx'
import { useDraft } from './draft.ts'

/** 委托办理: who acts for the applicant, asked only when somebody does. The papers for it come with the materials. */
export function Agent() {
  const { store, state, forms } = useDraft()
  const { agent } = state.body
  return (
    <>
      <label className="option">
        <input type="checkbox" checked={agent !== null} onChange={event => store.change('/agent', event.target.checked ? {} : null)} />
        <span>由别人代我办理</span>
      </label>
      {agent !== null && (
        <fieldset className="group">
          <legend>代办人</legend>
          <p className="hint">须签名的承诺书、委托书在材料那一页下载，已按填写的内容填好。</p>
          <ObjectFields {...forms.agent} value={agent} pointer="/agent" />
        </fieldset>
      )}
    </>
  )
}
