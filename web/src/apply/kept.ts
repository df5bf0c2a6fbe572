/**
 * What this tab remembers over a reload or a login, and forgets when it is closed: on a borrowed telephone nothing stays behind.
 * A browser that keeps nothing is no error.
 */
export function readKept<T>(name: string): T | undefined {
  try {
    const text = sessionStorage.getItem(name)
    return text === null ? undefined : JSON.parse(text) as T
  } catch {
    return undefined
  }
}

export function writeKept(name: string, value: unknown): void {
  try {
    if (value === null || value === undefined) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Full or forbidden: what is on the page is still there.
  }
}

/** Forgets everything: somebody logs out, and the next person may use the same device. */
export function forgetAll(): void {
  try {
    sessionStorage.clear()
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
