import { LastTouch } from './last-touch.ts'

const SIGNS = ['keydown', 'pointerdown', 'wheel'] as const

/** The touches of this browser, for whoever asks whether anybody is there. */
export const touched = new LastTouch(localStorage)

/** Tells the other tabs from now on of every touch of this page; that it was opened is the first. */
export function tellTouches(): void {
  const note = (): void => touched.note(Date.now())
  note()
  for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true })
}
