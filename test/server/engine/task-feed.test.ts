import { expect } from 'chai'
import type { Knex } from 'knex'
import { readCursor } from '../../../server/db/feed-cursors.ts'
import { pagesByTime } from '../../../server/engine/gateway-instances.ts'
import type { Page } from '../../../server/engine/gateway-instances.ts'
import { createFollower } from '../../../server/engine/task-feed.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { testContext } from '../support/case-context.ts'

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const BEGIN = Date.parse('2026-11-23T00:00:00Z')

interface Row {
  readonly id: string
  readonly changedAt: number
}

onBothDatabases('server/engine/task-feed createFollower', ({ openMigrated }) => {
  let db: Knex
  let now: number
  let rows: Row[]
  before(async () => { db = await openMigrated() })
  beforeEach(async () => {
    now = BEGIN
    rows = []
    await db('feed_cursor').delete()
  })

  /** A poll that answers what it has read. */
  function reader(rereading?: { every: number; back: number }): () => Promise<string[]> {
    const follow = createFollower(testContext(db, { real: () => now }), 'test', pagesByTime, rereading)
    return async () => {
      const read: string[] = []
      await follow(
        ({ since, first, max }: Page & { since: number }) => Promise.resolve(
          rows.filter(({ changedAt }) => changedAt >= since).sort((one, other) => one.changedAt - other.changedAt).slice(first, first + max)
        ),
        page => Promise.resolve(read.push(...page.map(({ id }) => id)))
      )
      return read
    }
  }
  const cursor = async () => Number(await readCursor(db, 'test'))

  it('keeps its cursor behind our clock, so that a fast node hides nothing of the others', async () => {
    const poll = reader()
    rows = [{ id: 'right', changedAt: BEGIN - 1 }, { id: 'fast', changedAt: BEGIN + 20_000 }]
    expect(await poll()).to.deep.equal(['right', 'fast'])
    expect(await cursor()).to.equal(BEGIN - 1)
    now += 1000
    rows.push({ id: 'right too', changedAt: now - 1 })
    expect(await poll()).to.include('right too')
    now += MINUTE
    await poll()
    expect(await cursor(), 'once its time has come').to.equal(BEGIN + 20_000)
  })

  it('pulls a cursor back that a clock which was put right has left ahead', async () => {
    await db('feed_cursor').insert({ name: 'test', value: String(BEGIN + HOUR) })
    const poll = reader()
    rows = [{ id: 'now', changedAt: BEGIN - 1 }]
    expect(await poll()).to.deep.equal(['now'])
    expect(await cursor()).to.be.at.most(BEGIN)
  })

  it('reads a longer time again now and then, the first time at once', async () => {
    await db('feed_cursor').insert({ name: 'test', value: String(BEGIN) })
    const poll = reader({ every: HOUR, back: DAY })
    rows = [{ id: 'late', changedAt: BEGIN - 20 * HOUR }, { id: 'old', changedAt: BEGIN - 30 * HOUR }]
    expect(await poll()).to.deep.equal(['late'])
    now += HOUR - 1
    expect(await poll()).to.deep.equal([])
    now += 1
    expect(await poll()).to.deep.equal(['late'])
    expect(await cursor(), 'not moved by what is old').to.equal(BEGIN)
  })

  it('asks from its cursor alone when nothing has come for a while', async () => {
    await db('feed_cursor').insert({ name: 'test', value: String(BEGIN - MINUTE) })
    const poll = reader()
    rows = [{ id: 'just before', changedAt: BEGIN - MINUTE - 1000 }]
    expect(await poll()).to.deep.equal(['just before'])
    now += 16_000
    expect(await poll()).to.deep.equal([])
  })
})
