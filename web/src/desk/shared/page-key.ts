/** What is asked of a pressed key. */
interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly repeat: boolean
}

/**
 * Whether a key is the page's to answer. With Ctrl, Alt or Meta it belongs to the browser, and Enter to the link, button or box
 * that has the keyboard: it is the page's only when nothing has.
 */
export function isPageKey({ key, ctrlKey, altKey, metaKey, repeat }: Pressed, isAnythingFocused: boolean): boolean {
  return !ctrlKey && !altKey && !metaKey && !repeat && !(key === 'Enter' && isAnythingFocused)
}
