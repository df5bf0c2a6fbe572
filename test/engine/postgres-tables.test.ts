import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import pg from 'pg'
import { createLog } from '../../core/log.ts'
import { createBusinessClock } from '../../server/clock.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import type { EngineGateway } from '../../server/engine/gateway.ts'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { startPostgres } from '../support/postgres.ts'
import type { RunningPostgres } from '../support/postgres.ts'

const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'
const PROCESS = 'guangxi-resident-pension'
const ONE = 'yjs_idx_hi_procinst_one'

describe('the engine\'s tables on PostgreSQL', function () {
  this.timeout(180_000)
  let postgres: RunningPostgres
  let database: pg.Client
  let engine: RunningEngine
  let gateway: EngineGateway
  const boot = async () => {
    engine = await startEngine({ profile, database: { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password } })
    gateway = createEngineGateway({ ...engine, clock: createBusinessClock(), log: createLog({ level: 'silent' }) })
  }
  const stop = async () => {
    gateway?.close()
    await engine?.stop()
  }
  const start = (key: string) => gateway.startProcess(PROCESS, key,
    { applicationId: randomUUID(), itemId: key, region: 'guangxi', division: '450103', channel: 'online' })
  const indexesOf = async (table: string): Promise<string[]> =>
    (await database.query('select indexname from pg_indexes where tablename = $1 order by 1', [table])).rows.map(({ indexname }) => indexname)

  before(async () => {
    postgres = await startPostgres()
    await postgres.createDatabase('engine')
    database = new pg.Client(postgres.url('engine'))
    await database.connect()
    await boot()
    await deployRegion(gateway, 'processes/guangxi')
  })
  after(async () => {
    await stop()
    await database?.end()
    await postgres?.stop()
  })

  it('lets one of several starts with one business key through, though none sees the others', async () => {
    const key = randomUUID()
    const results = await Promise.allSettled([start(key), start(key), start(key)])
    const codes = results.map(result => result.status === 'fulfilled' ? 'started' : (result.reason as { code: string }).code)
    expect(codes.sort()).to.deep.equal(['ENGINE_REFUSED', 'ENGINE_REFUSED', 'started'])
    expect(await gateway.findInstancesByBusinessKey(key)).to.have.length(1)
  })

  it('keeps no index of the history of activities that nobody asks', async () => {
    expect(await indexesOf('act_hi_actinst')).to.deep.equal([
      'act_hi_actinst_pkey', 'act_idx_hi_act_inst_procinst', 'act_idx_hi_act_inst_rm_time', 'act_idx_hi_actinst_root_pi',
      'yjs_idx_hi_actinst_definition', 'yjs_idx_hi_actinst_start'
    ])
  })

  it('finds the oldest waiting tasks by an index that no lock writes to', async () => {
    const { rows } = await database.query(`select attname from pg_index join pg_attribute on attrelid = indexrelid
      where indrelid = 'act_ru_ext_task'::regclass and attname in ('create_time_', 'rev_', 'worker_id_', 'lock_exp_time_', 'retries_')`)
    expect(rows).to.deep.equal([{ attname: 'create_time_' }])
  })

  it('boots beside doubles from before, and makes the index once they are gone', async () => {
    await database.query(`drop index ${ONE}`)
    const key = randomUUID()
    const [first, second] = [await start(key), await start(key)]
    expect(first).not.to.equal(second)
    await stop()
    await boot()
    expect(await indexesOf('act_hi_procinst')).not.to.include(ONE)
    await database.query('delete from act_hi_procinst where id_ = $1', [second])
    await stop()
    await boot()
    expect(await indexesOf('act_hi_procinst')).to.include(ONE)
  })
})
