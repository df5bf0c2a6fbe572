import type { Schemas } from '../../shared/api.ts'
import { Reasons } from './Reasons.tsx'

type Matter = Schemas['Recommendations']['matters'][number]

interface MatterOptionProps {
  readonly matter: Matter
  readonly isChosen: boolean
  /** Pairs of which this one and another that is chosen are the two. */
  readonly conflicts: readonly Schemas['Conflict'][]
  readonly onToggle: () => void
}

const VERDICTS: Readonly<Record<Matter['verdict'], string>> = {
  recommended: '适合您办理', possible: '可以办理', 'ask-a-person': '可以申请，由工作人员核实', 'not-possible': '不能办理'
}

/** One matter to tick, or greyed with the reason and clause. */
export function MatterOption({ matter, isChosen, conflicts, onToggle }: MatterOptionProps) {
  const isBarred = !isChosen && (matter.verdict === 'not-possible' || conflicts.length > 0)
  const reasons = isBarred && conflicts.length > 0 ? conflicts : matter.reasons
  const id = `matter-${matter.slug}`
  const isOpen = matter.verdict === 'ask-a-person' && matter.reasons.length === 0
  return (
    <div className={isBarred ? 'matter barred' : 'matter'}>
      <label className="option">
        <input type="checkbox" checked={isChosen} disabled={isBarred} onChange={onToggle} aria-describedby={`${id}-state`} />
        <span>{matter.title}</span>
      </label>
      <div id={`${id}-state`}>
        <span className={`tag ${isBarred ? 'no' : matter.verdict}`}>
          {isBarred && conflicts.length > 0 ? '与已选事项不能同时办理' : isOpen ? '可以申请，提交后核对条件' : VERDICTS[matter.verdict]}
        </span>
        <Reasons reasons={reasons} />
      </div>
    </div>
  )
}
