import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** What is open on the drawing and closes by Escape itself. */
const OPEN = '.djs-popup, .djs-search-open, .djs-drag-active'

/**
 * Escape on the drawing or in its properties leads back to where the list below sent the keyboard from. What the list no longer
 * has gives way to the list itself. Returns what remembers the place.
 */
export function useWayBack(list: RefObject<HTMLElement | null>): () => void {
  const from = useRef<HTMLElement>(undefined)
  useEffect(() => {
    const drawing = list.current?.parentElement?.querySelector('.drawing')
    const back = (event: Event): void => {
      if ((event as KeyboardEvent).key !== 'Escape' || !from.current || document.querySelector(OPEN)) return
      (from.current.isConnected ? from.current : list.current)?.focus()
      from.current = undefined
    }
    // Before the modeller, which closes its menus by the same key and takes the event.
    drawing?.addEventListener('keydown', back, true)
    return () => drawing?.removeEventListener('keydown', back, true)
  }, [list])
  return () => { from.current = document.activeElement as HTMLElement }
}
