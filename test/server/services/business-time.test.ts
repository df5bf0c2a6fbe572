import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { NEVER } from '../../../core/dates.ts'
import type { ServerContext } from '../../../server/context.ts'
import { connect } from '../../../server/db/connect.ts'
import { migrate } from '../../../server/db/migrate.ts'
import type { EngineGateway } from '../../../server/engine/gateway.ts'
import { alignTimers, restoreBusinessTime, setBusinessTime } from '../../../server/services/business-time.ts'
import { testContext } from '../support/case-context.ts'

const DAY = 86_400_000

describe('services/business-time', () => {
  let db: Knex
  let folder: string
  let moved: [string, number][]
  const real = Date.parse('2026-11-23T00:00:00Z')
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'time-'))
    db = connect({ databaseUrl: '', dataDir: folder })
    await migrate(db)
  })
  after(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    moved = []
    await db('feed_cursor').delete()
  })

  /** A server process that starts with this NOW; the engine has one timer in real time and one that never fires. */
  function start(now = ''): ServerContext {
    const engine = {
      openTimers: () => Promise.resolve([{ id: 'timer', dueAt: real + DAY }, { id: 'never', dueAt: NEVER }, { id: 'at-once', dueAt: null }]),
      setTimerDue: (id: string, at: number) => { moved.push([id, at]); return Promise.resolve() }
    } as unknown as EngineGateway
    const ctx = testContext(db, { engine, real: () => real, env: now === '' ? {} : { NOW: now } })
    if (now !== '') ctx.clock.set(now)
    return ctx
  }

  it('moves timers with the clock, so that each keeps its business date', async () => {
    const ctx = start()
    await alignTimers(ctx)
    const { timers } = await setBusinessTime(ctx, new Date(real + 5 * DAY).toISOString())
    expect([timers, moved]).to.deep.equal([1, [['timer', real + DAY]]])
  })

  it('goes on with a clock that was set, after a restart', async () => {
    await setBusinessTime(start(), new Date(real + 5 * DAY).toISOString())
    moved = []
    const again = start()
    await restoreBusinessTime(again)
    await alignTimers(again)
    expect([again.clock.offset, moved]).to.deep.equal([5 * DAY, []])
  })

  it('begins anew with another NOW, and moves the timers from the old clock to it', async () => {
    await setBusinessTime(start(), new Date(real + 5 * DAY).toISOString())
    moved = []
    const other = start(new Date(real + 2 * DAY).toISOString())
    await restoreBusinessTime(other)
    expect(other.clock.offset).to.equal(2 * DAY)
    await alignTimers(other)
    await alignTimers(other)
    expect(moved).to.deep.equal([['timer', real + DAY + 5 * DAY]])
  })
})
