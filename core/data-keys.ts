/** One key of the list: the first of a list seals, each opens what it sealed. */
export interface DataKey {
  /** Kept in every sealed text: letters, digits and hyphens. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Buffer
}

/** The name of a key that was written without one. */
const FIRST = 'k1'

/**
 * Reads `k2:<32 bytes in base64> k1:<…>`, newest first; a single key may stand without its name and is then k1.
 * Gives undefined for anything else, also for a name that stands twice.
 */
export function readDataKeys(text: string): readonly DataKey[] | undefined {
  const keys = text.trim().split(/\s+/).map(part => {
    const [, id = FIRST, base64 = ''] = /^(?:([A-Za-z0-9-]+):)?([A-Za-z0-9+/=]+)$/.exec(part) ?? []
    return { id, key: Buffer.from(base64, 'base64') }
  })
  const isSound = keys.every(({ key }) => key.length === 32) && new Set(keys.map(({ id }) => id)).size === keys.length
  return isSound ? keys : undefined
}

/** The list with one more key in front, which seals from now on: k3 before k2 before k1. */
export function withNewKey(text: string, fresh: Buffer): string {
  const keys = readDataKeys(text)
  if (!keys) throw new Error('not a list of data keys')
  const highest = Math.max(...keys.map(({ id }) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)))
  return [{ id: `k${highest + 1}`, key: fresh }, ...keys].map(({ id, key }) => `${id}:${key.toString('base64')}`).join(' ')
}
