import { expect } from 'chai'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { startPostgres } from '../support/postgres.ts'
import type { RunningPostgres } from '../support/postgres.ts'
import { createTcpProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/until.ts'

const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'
const SILENCE_S = 2
/** Beside the silence: the pool's wait for a connection (30 s), its own check of one (5 s), and a machine with other work. */
const PATIENCE_MS = 90_000
const AT_ONCE = 8
/** So many answers that each asker is surely at it. */
const WARM = 50

describe('an engine whose PostgreSQL vanishes without cutting its connections', function () {
  this.timeout(300_000)
  let postgres: RunningPostgres
  let line: TcpProxy
  let engine: RunningEngine

  before(async () => {
    postgres = await startPostgres()
    await postgres.createDatabase('engine')
    line = await createTcpProxy(postgres.port)
    const url = postgres.jdbcUrl('engine').replace(String(postgres.port), String(line.port))
    engine = await startEngine({ profile, silenceS: SILENCE_S, database: { url, user: postgres.user, password: postgres.password } })
  })
  after(async () => {
    await engine?.stop()
    await line?.stop()
    await postgres?.stop()
  })

  const ask = () => fetch(`${engine.url}/process-definition/count`, {
    headers: { authorization: engine.authorization }, signal: AbortSignal.timeout(PATIENCE_MS)
  })

  it('answers whoever asked, and goes on once the line is whole', async () => {
    let answers = 0
    let isOver = false
    const asking = Array.from({ length: AT_ONCE }, async () => {
      while (!isOver) {
        await (await ask()).text()
        answers++
      }
    })
    await until('the engine is warm', async () => answers > WARM)
    line.setMode('blackhole')
    isOver = true
    // Each of these asked in the black hole at the latest; an error is an answer.
    await Promise.all(asking)
    line.setMode('pass')
    await until('the engine answers from its database', async () => (await ask()).ok, PATIENCE_MS)
    // What is in hand at the database is silent no more: all connections of before are given up.
    const status = await Promise.all(Array.from({ length: AT_ONCE }, async () => (await ask()).status))
    expect(new Set(status)).to.deep.equal(new Set([200]))
  })
})
