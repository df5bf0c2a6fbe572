import { useEffect, useSyncExternalStore } from 'react'
import type { Saver, SaveState } from './saver.ts'

const IDLE: SaveState = { kind: 'saved' }
const never = (): (() => void) => () => undefined

/**
 * How far a saver is. What a save that never arrived has left is saved at once, what is left at the end as well; leaving the page
 * unsaved asks.
 */
export function useSaver(saver: Saver | undefined): SaveState {
  const state = useSyncExternalStore(saver?.subscribe ?? never, () => saver?.state ?? IDLE)

  useEffect(() => {
    if (!saver) return
    void saver.save()
    return () => void saver.save()
  }, [saver])

  useEffect(() => {
    if (state.kind === 'saved') return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [state.kind])

  return state
}
