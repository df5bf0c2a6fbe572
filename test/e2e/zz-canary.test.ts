import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { isCompleted, workUntil } from './support/case.ts'
import { stack, traces as collector } from './support/root-stack.ts'

const MATTERS = ['archive-transfer', 'flexible-pension', 'social-security-card', 'flexible-medical', 'contribution']

/** Runs last, so that the logs hold what every other test has made the system say. */
describe('the canary person', () => {
  it('appears in no table of the engine, no line of a log and no span, though the case went all the way', async () => {
    const applicant = await stack().as('citizen-gx-canary')
    const { common } = await applicant.get(`regions/guangxi/prefill?matters=${MATTERS.join(',')}`)
    const { name, idNumber, mobile } = common.person
    const traces = [name, idNumber, mobile]
    for (const trace of traces) expect(trace).to.be.a('string').and.have.length.greaterThan(2)
    const { id } = await applicant.apply('guangxi', MATTERS)
    await workUntil(applicant, id, isCompleted)

    const hits = [...logHits(traces), ...(await engineHits(traces)), ...spanHits(traces)]
    expect(hits).to.deep.equal([])
  })
})

function logHits(traces: readonly string[]): string[] {
  const folder = join(stack().dataDir, 'logs')
  return readdirSync(folder).flatMap(file => {
    const text = readFileSync(join(folder, file), 'utf8')
    return traces.filter(trace => text.includes(trace)).map(() => `log ${file}`)
  })
}

/** What went to the collector in the whole run; that the case left spans at all is proven beside its trace. */
function spanHits(traces: readonly string[]): string[] {
  const { bodies } = collector()
  expect(bodies).to.not.be.empty
  return bodies.flatMap(body => traces.filter(trace => body.includes(trace)).map(() => 'span'))
}

/** Reads every text and byte column of every ACT_ table; on the embedded database the file itself is searched. */
async function engineHits(traces: readonly string[]): Promise<string[]> {
  const { postgres, dataDir } = stack()
  if (!postgres) {
    const files = readdirSync(dataDir).filter(file => file.startsWith('engine.'))
    expect(files).to.not.be.empty
    return files.flatMap(file => {
      const bytes = readFileSync(join(dataDir, file))
      return traces.filter(trace => bytes.includes(Buffer.from(trace)) || bytes.includes(Buffer.from(trace, 'utf16le'))).map(() => file)
    })
  }
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: postgres.url('engine') })
  await client.connect()
  try {
    const { rows: tables } = await client.query("select tablename from pg_tables where schemaname = 'public' and tablename like 'act\\_%'")
    expect(tables.length).to.be.greaterThan(30)
    const hits: string[] = []
    for (const { tablename } of tables) {
      for (const trace of traces) {
        const { rows } = await client.query(`select count(*)::int as found from "${tablename}" t where strpos(t::text, $1) > 0`, [trace])
        if (rows[0].found > 0) hits.push(tablename)
      }
      if (tablename !== 'act_ge_bytearray') continue
      for (const trace of traces) {
        const { rows } = await client.query("select count(*)::int as found from act_ge_bytearray where position($1::bytea in bytes_) > 0", [Buffer.from(trace)])
        if (rows[0].found > 0) hits.push(`${tablename} (bytes)`)
      }
    }
    return hits
  } finally {
    await client.end()
  }
}
