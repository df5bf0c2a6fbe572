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
 * Reads `k2:<32 bytes in base64> k1:<…>`, the one that seals first; a single key may stand without its name and is then k1.
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

export interface Rotation {
  /** The changed list. */
  readonly text: string
  /** The key that was added or moved. */
  readonly id: string
  /** `added`: it stands last and opens only; `sealing`: it stands first. */
  readonly state: 'added' | 'sealing'
}

/**
 * One of the two steps to a new key: adds it last, or moves the one that was added so to the front. Between them each server has
 * to learn it: one that seals with a key that another does not know yet would leave that one with texts that it cannot open.
 * Gives undefined for a list whose keys are not all called k1, k2 …: their names do not tell which is the newest.
 */
export function rotateKeys(text: string, fresh: Buffer): Rotation | undefined {
  const keys = readDataKeys(text) ?? []
  const numbers = keys.map(({ id }) => Number(/^k(\d+)$/.exec(id)?.[1]))
  if (keys.length === 0 || numbers.some(Number.isNaN)) return undefined
  const highest = Math.max(...numbers)
  if (numbers[0] === highest) {
    const id = `k${highest + 1}`
    return { text: written([...keys, { id, key: fresh }]), id, state: 'added' }
  }
  const newest = keys[numbers.indexOf(highest)]!
  return { text: written([newest, ...keys.filter(key => key !== newest)]), id: newest.id, state: 'sealing' }
}

const written = (keys: readonly DataKey[]): string => keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(' ')
