import type { Knex } from 'knex'
import type { SessionData } from 'express-session'

/**
 * Ends the sessions of an account beyond the `keep` last used ones (0 = no bound), so that a forgotten browser does not stay
 * open; what is left of them says why. `key` is the keyed hash of the account. Answers how many were ended.
 */
export async function endOldSessions(db: Knex, key: string, keep: number): Promise<number> {
  if (keep === 0) return 0
  const own: { sid: string; sess: unknown }[] = await db('sessions').whereRaw('cast(sess as text) like ?', [`%"key":"${key}"%`])
    .orderBy([{ column: 'expired', order: 'desc' }, { column: 'sid' }]).select('sid', 'sess')
  const old = own.slice(keep)
  for (const { sid, sess } of old) {
    const { cookie } = (typeof sess === 'string' ? JSON.parse(sess) : sess) as SessionData
    await db('sessions').where({ sid }).update({ sess: JSON.stringify({ cookie, isReplaced: true }) })
  }
  return old.length
}
