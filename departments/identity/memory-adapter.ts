import type { Adapter, AdapterPayload } from 'oidc-provider'

interface Entry {
  readonly payload: AdapterPayload
  /** Instant in ms. */
  readonly expiresAt: number
}

const SWEEP_EVERY = 1000

/**
 * Keeps the provider's sessions, codes and grants in memory, each until it expires. Unlike the provider's own, which
 * holds a thousand things and drops the oldest, it loses none when many people log in at once. A restart asks everybody
 * to log in again.
 */
export function createMemoryAdapter(now: () => number = Date.now): (name: string) => Adapter {
  const entries = new Map<string, Entry>()
  let writes = 0
  const sweep = (): void => {
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now()) entries.delete(key)
  }
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key)
    return entry && entry.expiresAt > now() ? entry.payload : undefined
  }
  const find = (name: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const [key, { payload, expiresAt }] of entries) {
      if (key.startsWith(`${name}:`) && expiresAt > now() && matches(payload)) return payload
    }
    return undefined
  }
  return name => ({
    async upsert(id, payload, expiresIn) {
      if (++writes % SWEEP_EVERY === 0) sweep()
      entries.set(`${name}:${id}`, { payload, expiresAt: expiresIn ? now() + expiresIn * 1000 : Infinity })
    },
    async find(id) {
      return read(`${name}:${id}`)
    },
    async findByUid(uid) {
      return find(name, payload => payload.uid === uid)
    },
    async findByUserCode(userCode) {
      return find(name, payload => payload.userCode === userCode)
    },
    async consume(id) {
      const payload = read(`${name}:${id}`)
      if (payload) payload.consumed = Math.floor(now() / 1000)
    },
    async destroy(id) {
      entries.delete(`${name}:${id}`)
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
    }
  })
}
