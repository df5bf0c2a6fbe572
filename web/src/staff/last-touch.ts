const KEY = 'staff-touched-at'
const IDLE_MS = 15 * 60_000
/** The wheel turns a hundred times a second; so often nobody need write. */
const COARSE_MS = 1_000

/** Where the tabs of a browser meet. */
export interface TouchStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** When somebody last touched this tab or another one of the browser: all of them share one session. */
export class LastTouch {
  private own = 0
  private readonly store: TouchStore

  constructor(store: TouchStore) {
    this.store = store
  }

  note(now: number): void {
    if (Math.abs(now - this.own) < COARSE_MS) return
    this.own = now
    try {
      this.store.setItem(KEY, String(now))
    } catch {
      // A full store: what this tab knows of itself still counts here.
    }
  }

  /**
   * Whether no tab was touched for a quarter of an hour. A touch that lies far ahead is of a clock since put right, and counts
   * for nothing.
   */
  isIdle(now: number): boolean {
    return [this.own, Number(this.store.getItem(KEY))].every(at => Math.abs(now - at) >= IDLE_MS)
  }
}
