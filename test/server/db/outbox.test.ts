import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import {
  addToOutbox, cancelCompletion, claimOutbox, findPendingOutbox, findStuckOutbox, hastenOutbox, markOutboxDone, onOutboxCommit, postponeOutbox,
  purgeOutbox, recallOutbox, repeatOutbox, STUCK_AFTER
} from '../../../server/db/outbox.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { until } from '../../support/until.ts'

const NOW = 1_000_000

onBothDatabases('db/outbox', database => {
  let db: Knex
  before(async () => { db = await database.openMigrated() })
  afterEach(() => db('outbox').delete())

  const add = (aggregateId: string, taskId: string, dueAt?: number) =>
    addToOutbox(db, { kind: 'complete-task', aggregateId, payload: { taskId, decision: 'approve' }, dueAt }, NOW)
  const claim = (now = NOW, limit = 10) => claimOutbox(db, { now, lockUntil: now + 1000, limit })
  const tasks = (rows: readonly { payload: string }[]) => rows.map(({ payload }) => (JSON.parse(payload) as { taskId: string }).taskId)

  it('gives out what is due, the first of each aggregate, and the next only when that is done', async () => {
    for (const task of ['a1', 'a2', 'a3']) await add('a', task)
    await add('b', 'b1')
    await add('c', 'c1', NOW + 5000)
    const first = await claim()
    expect(tasks(first).sort()).to.deep.equal(['a1', 'b1'])
    expect(await claim()).to.deep.equal([])
    await markOutboxDone(db, first.find(({ aggregate_id }) => aggregate_id === 'a')!.id, NOW)
    expect(tasks(await claim())).to.deep.equal(['a2'])
    expect(tasks(await claim(NOW + 6000)).sort()).to.deep.equal(['a2', 'b1', 'c1'])
  })

  it('says of what is done whether another of its aggregate waits', async () => {
    const first = await add('a', 'a1')
    const second = await add('a', 'a2')
    const other = await add('b', 'b1')
    expect([await markOutboxDone(db, other, NOW), await markOutboxDone(db, first, NOW), await markOutboxDone(db, second, NOW)])
      .to.deep.equal([false, true, false])
  })

  it('makes what lies there due earlier, tried or not, and wakes the relay then', async () => {
    await add('a', 'a1', NOW + 5000)
    let woken = 0
    const stop = onOutboxCommit(() => { woken++ })
    await hastenOutbox(db, 'a', NOW + 50, NOW)
    expect(await claim(NOW + 49)).to.deep.equal([])
    expect(tasks(await claim(NOW + 50))).to.deep.equal(['a1'])
    await until('the call', async () => woken === 1, 2000)
    stop()
    await postponeOutbox(db, (await findPendingOutbox(db, 'a'))[0]!.id, { dueAt: NOW + 5000, error: 'x' })
    await hastenOutbox(db, 'a', NOW + 50, NOW)
    expect(tasks(await claim(NOW + 50))).to.deep.equal(['a1'])
  })

  it('has what was told to the engine since a backup told again, and nothing else', async () => {
    const [before, after] = [await add('a', 'before'), await add('b', 'after')]
    const text = await addToOutbox(db, { kind: 'send-message', aggregateId: 'n', payload: {} }, NOW)
    for (const [id, at] of [[before, NOW + 999], [after, NOW + 1000], [text, NOW + 2000]] as const) await markOutboxDone(db, id, at)
    expect(await repeatOutbox(db, NOW + 1000)).to.equal(1)
    expect(tasks(await claim(NOW + 1000))).to.deep.equal(['after'])
  })

  it('makes due what a clock that stood an hour ahead put off, locked or added, in its order', async () => {
    const ahead = NOW + 3_600_000
    for (const id of ['put-off', 'locked', 'soon']) await add(id, id)
    for (const entry of await claim()) {
      const [task] = tasks([entry])
      if (task === 'put-off') await postponeOutbox(db, entry.id, { dueAt: ahead, error: 'x' })
      if (task === 'locked') await db('outbox').where({ id: entry.id }).update({ locked_until: ahead })
      if (task === 'soon') await postponeOutbox(db, entry.id, { dueAt: NOW + 60_000, error: 'x' })
    }
    await db('outbox').insert(['second', 'first'].map((id, index) => ({
      id, kind: 'complete-task', aggregate_id: 'added', payload: JSON.stringify({ taskId: id }), due_at: ahead, attempts: 0, created_at: ahead - index
    })))
    await db('outbox').insert({
      id: 'third', kind: 'complete-task', aggregate_id: 'added', payload: JSON.stringify({ taskId: 'third' }), due_at: NOW, attempts: 0, created_at: NOW + 5
    })
    expect(await recallOutbox(db, NOW)).to.equal(4)
    expect(tasks(await claim()).sort()).to.deep.equal(['first', 'locked', 'put-off'])
    await markOutboxDone(db, 'first', NOW)
    expect(tasks(await claim())).to.deep.equal(['second'])
    expect(await recallOutbox(db, NOW)).to.equal(0)
  })

  it('keeps the order of entries that one transaction adds', async () => {
    await db.transaction(async trx => {
      for (let index = 0; index < 20; index++) await addToOutbox(trx, { kind: 'complete-task', aggregateId: 'a', payload: { taskId: `t${index}`, decision: 'x' } }, NOW)
    })
    for (let index = 0; index < 20; index++) {
      const [row] = await claim()
      expect(tasks([row!])).to.deep.equal([`t${index}`])
      await markOutboxDone(db, row!.id, NOW)
    }
  })

  it('gives one entry to one of many that ask at once', async () => {
    for (let index = 0; index < 40; index++) await add(`aggregate-${index}`, `t${index}`)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(NOW, 5)))
    const ids = claims.flat().map(({ id }) => id)
    expect(new Set(ids).size).to.equal(ids.length)
    expect(ids.length).to.be.greaterThan(0)
  })

  it('gives out again what was postponed, and what was locked by one that died', async () => {
    await add('a', 'a1')
    const [row] = await claim()
    expect(row!.attempts).to.equal(1)
    await postponeOutbox(db, row!.id, { dueAt: NOW + 100, error: 'ENGINE_UNAVAILABLE' })
    expect(await claim()).to.deep.equal([])
    const [again] = await claim(NOW + 100)
    expect(again).to.include({ attempts: 2, last_error: 'ENGINE_UNAVAILABLE' })
    expect(await claim(NOW + 1099)).to.deep.equal([])
    expect(await claim(NOW + 1100)).to.have.length(1)
  })

  it('takes a completion back only before anybody has begun to send it', async () => {
    await add('a', 'a1')
    expect(await cancelCompletion(db, 'a', 'another')).to.equal(false)
    expect(await cancelCompletion(db, 'a', 'a1')).to.equal(true)
    await add('a', 'a2')
    await claim()
    expect(await cancelCompletion(db, 'a', 'a2')).to.equal(false)
  })

  it('wakes the relay after the commit, and not after a rollback', async () => {
    let woken = 0
    const stop = onOutboxCommit(() => { woken++ })
    await db.transaction(async trx => {
      await addToOutbox(trx, { kind: 'start-process', aggregateId: randomUUID(), payload: {} }, NOW)
      expect(woken).to.equal(0)
    })
    await until('the call', async () => woken === 1, 2000)
    await db.transaction(async trx => {
      await addToOutbox(trx, { kind: 'start-process', aggregateId: randomUUID(), payload: {} }, NOW)
      throw new Error('back')
    }).catch(() => undefined)
    expect([woken, (await db('outbox')).length]).to.deep.equal([1, 1])
    stop()
  })

  it('shows what keeps failing, what waits, and forgets what was done long ago', async () => {
    const id = await add('a', 'a1')
    await db('outbox').where({ id }).update({ attempts: STUCK_AFTER })
    expect((await findStuckOutbox(db)).map(row => row.id)).to.deep.equal([id])
    expect(await findPendingOutbox(db, 'a')).to.have.length(1)
    await markOutboxDone(db, id, NOW)
    expect([await findStuckOutbox(db), await findPendingOutbox(db, 'a')]).to.deep.equal([[], []])
    expect(await purgeOutbox(db, NOW)).to.equal(0)
    expect(await purgeOutbox(db, NOW + 1)).to.equal(1)
  })
})
