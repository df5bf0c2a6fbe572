import type { Knex } from 'knex'

/**
 * Ends the sessions of an account beyond the `keep` last used ones (0 = no bound), so that a forgotten browser does not stay
 * open. `key` is the keyed hash of the account. Answers how many were ended.
 */
export async function endOldSessions(db: Knex, key: string, keep: number): Promise<number> {
  if (keep === 0) return 0
  const own: string[] = await db('sessions').whereRaw('cast(sess as text) like ?', [`%"key":"${key}"%`])
    .orderBy([{ column: 'expired', order: 'desc' }, { column: 'sid' }]).pluck('sid')
  return own.length > keep ? db('sessions').whereIn('sid', own.slice(keep)).delete() : 0
}
