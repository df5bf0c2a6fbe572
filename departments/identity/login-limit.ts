export interface LoginLimit {
  /** Whether an attempt may be made at all; says nothing of whether the account exists. */
  allows(account: string, address: string): boolean
  fail(account: string, address: string): void
  succeed(account: string, address: string): void
}

const WINDOW = 15 * 60_000
/** Failures within the window: of one account from one address, of one account from anywhere, of one address. */
const LIMITS = { pair: 5, account: 20, address: 50 }
const MOST_KEYS = 50_000

/** Counts failed logins. Names that are no account are counted like accounts, so that the answer gives nothing away. */
export function createLoginLimit(now: () => number = Date.now): LoginLimit {
  const failures = new Map<string, number[]>()
  const recent = (key: string): number[] => (failures.get(key) ?? []).filter(at => at > now() - WINDOW)
  const keysOf = (account: string, address: string): readonly (readonly [string, number])[] => [
    [`pair:${account}:${address}`, LIMITS.pair],
    [`account:${account}`, LIMITS.account],
    [`address:${address}`, LIMITS.address]
  ]
  return {
    allows: (account, address) => keysOf(account, address).every(([key, limit]) => recent(key).length < limit),
    fail(account, address) {
      if (failures.size > MOST_KEYS) failures.clear()
      for (const [key] of keysOf(account, address)) failures.set(key, [...recent(key), now()])
    },
    succeed(account, address) {
      failures.delete(`pair:${account}:${address}`)
    }
  }
}
