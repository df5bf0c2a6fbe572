import { useEffect } from 'react'

/** What is folded in is printed as well: paper has nothing to press. Afterwards the page is as it was. */
export function useUnfoldedPrint(): void {
  useEffect(() => {
    let unfolded: HTMLDetailsElement[] = []
    const unfold = (): void => {
      unfolded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
      for (const one of unfolded) one.open = true
    }
    const fold = (): void => {
      for (const one of unfolded) one.open = false
      unfolded = []
    }
    window.addEventListener('beforeprint', unfold)
    window.addEventListener('afterprint', fold)
    return () => {
      window.removeEventListener('beforeprint', unfold)
      window.removeEventListener('afterprint', fold)
    }
  }, [])
}
