import type { Reason } from './types.ts'

export interface Fault {
  readonly kind?: string | null
  readonly mode: 'delay' | 'error' | 'effect-then-silence' | 'wrong-receipt' | 'malformed' | 'maintenance' | 'refuse'
    | 'undeliverable' | 'duplicate-callbacks'
  /** Strikes only requests about this person; about everybody when left out. */
  readonly idNumber?: string | null
  readonly delayMs?: number | null
  readonly status?: number | null
  /** How often it still strikes; until cleared when left out. */
  readonly count?: number | null
  /** RFC 3339. */
  readonly until?: string | null
  readonly reasons?: readonly Reason[]
}

export interface Faults {
  list(): readonly Fault[]
  replace(faults: readonly Fault[]): void
  /** The delay and the fault that strike a request of this kind, about this person, now; each is counted. */
  strike(kind: string, idNumber?: unknown): { readonly delayMs: number; readonly fault: Fault | undefined }
  /** An outage that also hits questions by request id: maintenance or error of all kinds. Not counted. */
  outage(): Fault | undefined
}

/** Faults to rehearse with. They live in memory: a restart mends everything. */
export function createFaults(now: () => number = Date.now): Faults {
  let faults: { fault: Fault; left: number }[] = []
  const current = (): typeof faults => {
    faults = faults.filter(({ fault, left }) => left > 0 && !(fault.until && Date.parse(fault.until) <= now()))
    return faults
  }
  const take = (matches: (fault: Fault) => boolean): Fault | undefined => {
    const found = current().find(({ fault }) => matches(fault))
    if (found) found.left -= 1
    return found?.fault
  }
  return {
    list: () => current().map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, count: left } : fault)),
    replace(list) {
      faults = list.map(fault => ({ fault, left: fault.count ?? Infinity }))
    },
    strike(kind, idNumber) {
      const isMeant = (fault: Fault): boolean =>
        (!fault.kind || fault.kind === kind) && (!fault.idNumber || fault.idNumber === idNumber)
      const delay = take(fault => fault.mode === 'delay' && isMeant(fault))
      const fault = take(one => one.mode !== 'delay' && isMeant(one))
      return { delayMs: delay ? delay.delayMs ?? 1000 : 0, fault }
    },
    outage: () => current().map(({ fault }) => fault)
      .find(({ kind, idNumber, mode }) => !kind && !idNumber && (mode === 'maintenance' || mode === 'error'))
  }
}
