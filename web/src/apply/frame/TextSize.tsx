import { useSyncExternalStore } from 'react'

/** Text sizes in px: the normal one, and those of the large version (适老化: at least 18, up to 30). */
const SIZES = [
  { px: 18, label: '标准', isLarge: false },
  { px: 22, label: '大字', isLarge: true },
  { px: 26, label: '更大', isLarge: true },
  { px: 30, label: '最大', isLarge: true }
] as const
const KEPT_AS = 'text-size'

/** Chooses the size of text and targets; the choice stays on this device. */
export function TextSize() {
  const size = useSyncExternalStore(subscribe, current)
  return (
    <label className="text-size">
      字号
      <select value={size} onChange={event => choose(Number(event.target.value))}>
        {SIZES.map(({ px, label }) => <option key={px} value={px}>{label}</option>)}
      </select>
    </label>
  )
}

/** Puts the kept choice into force; called before the first page is drawn. */
export function applyTextSize(): void {
  const { px, isLarge } = SIZES.find(one => one.px === current()) ?? SIZES[0]
  document.documentElement.dataset.textSize = String(px)
  document.documentElement.classList.toggle('large', isLarge)
}

function choose(px: number): void {
  try {
    localStorage.setItem(KEPT_AS, String(px))
  } catch {
    chosen = px // A browser that keeps nothing still shows what was chosen, until the page is left.
  }
  applyTextSize()
  for (const listener of listeners) listener()
}

let chosen: number | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function current(): number {
  try {
    return chosen ?? Number(localStorage.getItem(KEPT_AS) ?? SIZES[0].px)
  } catch {
    return chosen ?? SIZES[0].px
  }
}
