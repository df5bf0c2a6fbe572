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
    expect(await db('sessions').orderBy('sid').pluck('sid')).to.deep.equal(['b', 'c', 'd'])
  })
})
