import { expect } from 'chai'
import pg from 'pg'
import { createLeadership } from '../../../server/engine/leadership.ts'
import type { RunningPostgres } from '../../support/postgres.ts'
import { startPostgres } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

describe('engine/leadership', function () {
  this.timeout(60_000)
  let postgres: RunningPostgres

  before(async () => { postgres = await startPostgres() })
  after(() => postgres?.stop())

  it('is the only server\'s on SQLite', () => expect(createLeadership('').isLeading).to.equal(true))

  it('is one server\'s, and another\'s as soon as that one stops', async () => {
    const [first, second] = [createLeadership(postgres.url('postgres')), createLeadership(postgres.url('postgres'))]
    await first.attempt()
    await second.attempt()
    expect([first.isLeading, second.isLeading]).to.deep.equal([true, false])
    await first.attempt()
    expect(first.isLeading, 'kept').to.equal(true)
    await first.stop()
    await until('the second leading', async () => { await second.attempt(); return second.isLeading })
    expect(first.isLeading).to.equal(false)
    await second.stop()
  })

  it('is won though one server asks twice at once', async () => {
    const leader = createLeadership(postgres.url('postgres'))
    await Promise.all([leader.attempt(), leader.attempt()])
    await leader.attempt()
    expect(leader.isLeading).to.equal(true)
    await leader.stop()
    const next = createLeadership(postgres.url('postgres'))
    await until('the lock being free', async () => { await next.attempt(); return next.isLeading })
    await next.stop()
  })

  it('is lost with its session, and won again', async () => {
    const leader = createLeadership(postgres.url('postgres'))
    await leader.attempt()
    const admin = new pg.Client(postgres.url('postgres'))
    await admin.connect()
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', ['yijianshi-leader'])
    await admin.end()
    await until('the loss', () => Promise.resolve(!leader.isLeading))
    await until('leading again', async () => { await leader.attempt(); return leader.isLeading })
    await leader.stop()
  })
})
