/** Text sizes in px: the normal one, and those of the large version (适老化: at least 18, up to 30). */
export const SIZES = [
  { px: 18, label: '标准', isLarge: false },
  { px: 22, label: '大字', isLarge: true },
  { px: 26, label: '更大', isLarge: true },
  { px: 30, label: '最大', isLarge: true }
] as const
const KEPT_AS = 'text-size'

let size: number = SIZES[0].px
const listeners = new Set<() => void>()

/** The size in force, for `useSyncExternalStore`. */
export const textSize = (): number => size

export function onTextSize(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Puts the size into force that this device keeps; called before anything is drawn. */
export function restoreTextSize(): void {
  try {
    show(Number(localStorage.getItem(KEPT_AS) ?? size))
  } catch {
    show(size) // A browser that keeps nothing begins with the normal size.
  }
}

/** Chooses a size; the choice stays on this device. A browser that keeps nothing shows it until the page is left. */
export function chooseTextSize(px: number): void {
  try {
    localStorage.setItem(KEPT_AS, String(px))
  } catch {
    // It is in force all the same.
  }
  show(px)
}

function show(px: number): void {
  const chosen = SIZES.find(one => one.px === px) ?? SIZES[0]
  size = chosen.px
  document.documentElement.dataset.textSize = String(size)
  document.documentElement.classList.toggle('large', chosen.isLarge)
  for (const listener of listeners) listener()
}
