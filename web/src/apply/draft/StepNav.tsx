import { Link } from 'react-router'
import { stepsOf, useDraft } from './draft.ts'
import { NotSaved } from './NotSaved.tsx'

interface StepNavProps {
  readonly step: string
  readonly isBusy: boolean
  /** The button was pressed and the draft could not be saved. */
  readonly isStuck?: boolean
  readonly label?: string
}

/** On and back, and the way to the overview of the draft. */
export function StepNav({ step, isBusy, isStuck = false, label = '保存，下一步' }: StepNavProps) {
  const { id, state } = useDraft()
  const steps = stepsOf(state.body.matters)
  const before = steps[steps.indexOf(step) - 1]
  return (
    <div className="actions">
      <NotSaved isStuck={isStuck} />
      <button type="submit" className="wide">{isBusy ? '正在保存…' : label}</button>
      {before && <Link className="button quiet wide" to={`/drafts/${id}/${before}`}>上一步</Link>}
      <Link className="plain" to={`/drafts/${id}`}>查看填写进度</Link>
    </div>
  )
}
