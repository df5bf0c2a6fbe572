import type { Knex } from 'knex'

/** First keys of the advisory locks, the second is the region's; any constants of our own will do. */
export const tallyLocks = { open: 730_501_006, decided: 730_501_007 } as const

/** Serialization failure, unique violation: another server was quicker. */
const OVERTAKEN = ['40001', '23505']

/** Makes kept counts of a region in a transaction that sees one instant (PostgreSQL). Null = another server is at it, or was. */
export async function makeAlone<T>(
  db: Knex, kind: keyof typeof tallyLocks, region: string, make: (trx: Knex) => Promise<T>
): Promise<T | null> {
  try {
    return await db.transaction(async trx => {
      const { rows: [lock] } = await trx.raw<Locked>('select pg_try_advisory_xact_lock(?, hashtext(?)) as won', [tallyLocks[kind], region])
      return lock!.won ? make(trx) : null
    }, { isolationLevel: 'repeatable read' })
  } catch (error) {
    if (OVERTAKEN.includes((error as { code?: string }).code ?? '')) return null
    throw error
  }
}

interface Locked {
  readonly rows: readonly { readonly won: boolean }[]
}
