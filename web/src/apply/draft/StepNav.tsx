import { Link } from 'react-router'
import { stepsOf, useDraft } from './draft.ts'

/** On and back, and the way to the overview of the draft. */
export function StepNav({ step, isBusy, label = '保存，下一步' }: { step: string; isBusy: boolean; label?: string }) {
  const { id, state } = useDraft()
  const steps = stepsOf(state.body.matters)
  const before = steps[steps.indexOf(step) - 1]
  return (
    <div className="actions">
      <button type="submit" className="wide">{isBusy ? '正在保存…' : label}</button>
      {before && <Link className="button quiet wide" to={`/drafts/${id}/${before}`}>上一步</Link>}
      <Link className="plain" to={`/drafts/${id}`}>查看填写进度</Link>
    </div>
  )
}
