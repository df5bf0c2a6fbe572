import { useSyncExternalStore } from 'react'
import { chooseTextSize, onTextSize, SIZES, textSize } from './text-size.ts'

/** Chooses the size of text and targets. */
export function TextSize() {
  const size = useSyncExternalStore(onTextSize, textSize)
  return (
    <label className="text-size">
      字号
      <select value={size} onChange={event => chooseTextSize(Number(event.target.value))}>
        {SIZES.map(({ px, label }) => <option key={px} value={px}>{label}</option>)}
      </select>
    </label>
  )
}
