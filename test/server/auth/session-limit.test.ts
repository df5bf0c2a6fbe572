import { expect } from 'chai'
import { endOldSessions } from '../../../server/auth/session-limit.ts'
import { onBothDatabases } from '../../support/databases.ts'

onBothDatabases('auth/session-limit', ({ openMigrated }) => {
  it('keeps the last used sessions of an account and touches no other', async () => {
    const db = await openMigrated()
    for (const [sid, key, day] of [['a', 'one', 1], ['b', 'one', 3], ['c', 'one', 2], ['d', 'other', 1]] as const) {
      await db('sessions').insert({ sid, sess: JSON.stringify({ cookie: {}, actor: { key, account: key } }), expired: new Date(Date.UTC(2026, 2, day)).toISOString() })
    }
    expect(await endOldSessions(db, 'one', 0)).to.equal(0)
    expect(await endOldSessions(db, 'one', 2)).to.equal(1)
    const left: { sid: string; sess: unknown }[] = await db('sessions').orderBy('sid').select('sid', 'sess')
    const read = (sess: unknown): { actor?: object; isReplaced?: boolean } => (typeof sess === 'string' ? JSON.parse(sess) : sess) as object
    expect(left.filter(({ sess }) => read(sess).actor).map(({ sid }) => sid)).to.deep.equal(['b', 'c', 'd'])
    expect(read(left[0]!.sess), 'the oldest says why it ended').to.deep.equal({ cookie: {}, isReplaced: true })
    expect(await endOldSessions(db, 'one', 2), 'once').to.equal(0)
  })
})
