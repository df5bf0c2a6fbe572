import { useDraft } from './draft.ts'
import { wordsAtButton } from './not-saved.ts'
import { WaysOut } from './WaysOut.tsx'

/** Beside a button that could not lead on: why, and what can be done, in reach of the thumb that pressed it. */
export function NotSaved({ isStuck }: { isStuck: boolean }) {
  const { state } = useDraft()
  const words = isStuck ? wordsAtButton(state) : null
  if (words === null) return null
  return (
    <div className="note bad" role="alert">
      <p>{words}</p>
      {state.hindrance && <WaysOut kind={state.hindrance.kind} />}
    </div>
  )
}
