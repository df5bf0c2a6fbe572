import { AppError } from '../../core/errors.ts'

/** Where a page of a keyset list ended: the value that it is ordered by, and the row's id. */
export interface Cursor<K extends string | number> {
  readonly key: K
  readonly id: string
}

/** What a cursor may be ordered by. */
const KINDS = {
  /** Milliseconds. */
  instant: (key: unknown): key is number => Number.isSafeInteger(key),
  /** YYYY-MM-DD. */
  day: (key: unknown): key is string => typeof key === 'string' && /^\d{4}-\d\d-\d\d$/.test(key)
}
interface Keys { readonly instant: number; readonly day: string }

/** A place as the text that clients hand back. */
export function writeCursor({ key, id }: Cursor<string | number>): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** Reads what `writeCursor` wrote; null without one. Throws AppError CURSOR_INVALID for anything else. */
export function readCursor<T extends keyof Keys>(cursor: string | undefined, kind: T): Cursor<Keys[T]> | null {
  if (cursor === undefined) return null
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    if (KINDS[kind](key) && typeof id === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(id)) return { key: key as Keys[T], id }
  } catch {
    // Whatever it was, it is not one of ours.
  }
  throw new AppError('CURSOR_INVALID')
}

/** A page of at most `limit` out of rows of which one more was asked for, and the cursor of the next; null on the last page. */
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[], limit: number, keyOf: (row: T) => string | number
): { readonly page: readonly T[]; readonly cursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, cursor: rows.length > limit && last ? writeCursor({ key: keyOf(last), id: last.id }) : null }
}
