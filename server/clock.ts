import { shanghaiDate } from '../core/dates.ts'

/**
 * Two clocks in one: business time (legal dates, screens) runs at the real speed from another start; locks, retries,
 * sessions and tokens use real time. The difference is an offset, never a freeze.
 */
export interface BusinessClock {
  /** Business time, milliseconds UTC. */
  now(): number
  /** Business date in Asia/Shanghai, YYYY-MM-DD. */
  today(): string
  /** Real time, milliseconds UTC. */
  realNow(): number
  /** Business time minus real time, milliseconds. */
  readonly offset: number
  /** Lets business time go on from an instant (RFC 3339). Throws RangeError if it is none. */
  set(iso: string): void
  setOffset(milliseconds: number): void
}

export interface BusinessClockOptions {
  /** RFC 3339 instant at which business time starts; '' or nothing = now. */
  readonly now?: string
  /** Real time, for tests. */
  readonly real?: () => number
}

/** Makes the clock of one process. Throws RangeError when `now` is neither empty nor an instant. */
export function createBusinessClock({ now = '', real = Date.now }: BusinessClockOptions = {}): BusinessClock {
  let offset = now === '' ? 0 : parse(now) - real()
  const businessNow = (): number => real() + offset
  return {
    now: businessNow,
    today: () => shanghaiDate(businessNow()),
    realNow: real,
    get offset() {
      return offset
    },
    set(iso) {
      offset = parse(iso) - real()
    },
    setOffset(milliseconds) {
      offset = milliseconds
    }
  }
}

function parse(iso: string): number {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) throw new RangeError(`not an instant: ${iso}`)
  return instant
}
