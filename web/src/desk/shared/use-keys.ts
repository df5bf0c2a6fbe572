import { useEffect, useEffectEvent } from 'react'
import { isPageKey } from './page-key.ts'

export type KeyActions = Readonly<Record<string, (() => void) | undefined>>

/**
 * Calls the action of a key while nobody is writing and no dialogue is open. Keys are named as the browser names them.
 */
export function useKeys(actions: KeyActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.key]
    if (!action || !isPageKey(event, event.target !== document.body) || isWriting(event.target) || isDialogueOpen()) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

function isDialogueOpen(): boolean {
  return [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].some(dialogue => dialogue.offsetParent !== null)
}
