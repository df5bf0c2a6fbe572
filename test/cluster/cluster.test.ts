import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { conclude, PEOPLE, submitCases } from '../faults/support/experiment.ts'
import type { ClusterStack } from '../support/cluster-stack.ts'
import { startClusterStack } from '../support/cluster-stack.ts'
import { until } from '../support/until.ts'

const CASES = Number(process.env.CLUSTER_CASES ?? 20)
const SEED = 20260323
const PROCESS = 'guangxi-flexible-pension'

/** Two engine nodes, two servers, two processes of workers: what one of them leaves, another goes on with. */
describe('a cluster', () => {
  let stack: ClusterStack

  before(async () => { stack = await startClusterStack({ engines: 2, servers: 2, workers: 2 }, PEOPLE) })
  after(async () => stack?.stop())

  const logOf = (name: string): string => readFileSync(join(stack.system.options.dataDir, 'logs', `${name}.log`), 'utf8')

  async function leaders(): Promise<number> {
    const client = new pg.Client(stack.postgres.url('server'))
    await client.connect()
    const { rows } = await client.query<{ count: string }>(`select count(*) from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and application_name = 'yijianshi-leader' and granted`)
    await client.end()
    return Number(rows[0]!.count)
  }

  it('has one leader among its servers, and both of them answer', async () => {
    expect(await leaders()).to.equal(1)
    const answers = await Promise.all([50, 53].map(offset => fetch(`http://127.0.0.1:${stack.system.options.port + offset}/readyz`)))
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200])
  })

  it('loses and doubles nothing when an engine node is killed under load', async () => {
    const submitting = submitCases(stack, CASES)
    await pause(3000)
    stack.system.children['engine-1']!.signal('SIGKILL')
    const killedAt = Date.now()
    await conclude(stack, { name: 'kill -9 one engine node of two' }, SEED, await submitting, killedAt)
  })

  it('loses and doubles nothing when the leading server and a process of workers are killed under load', async () => {
    const submitting = submitCases(stack, CASES)
    await pause(3000)
    for (const name of ['server-1', 'workers-1']) stack.system.children[name]!.signal('SIGKILL')
    const killedAt = Date.now()
    await conclude(stack, { name: 'kill -9 one server and one process of workers' }, SEED, await submitting, killedAt)
    await until('one leader again', async () => await leaders() === 1)
  })

  it('is renewed node by node while cases run, with a new version of a process, and none of them is touched', async () => {
    const before = await versionsOf(PROCESS)
    const submitting = submitCases(stack, CASES)
    const begunAt = Date.now()
    await until('the first cases run', async () => (await versionsOf(PROCESS)).length > before.length)
    const [old, version] = [Math.max(...await versionsOf(PROCESS)), await deployAnew(PROCESS)]
    expect(version).to.equal(old + 1)
    for (const name of ['server-1', 'server-2', 'workers-1', 'workers-2', 'engine-2']) await stack.system.renew(name)
    await conclude(stack, { name: 'rolling renewal' }, SEED, await submitting, begunAt)
    expect(logOf('server-2')).to.contain('the server is stopping')
    const byVersion = await versionsOf(PROCESS)
    expect(byVersion.filter(one => one === version), 'cases after the release run by it').to.not.be.empty
    expect(byVersion.length).to.equal(before.length + CASES)
    expect(byVersion.filter(one => one < version).length, 'cases before it stay on theirs').to.be.greaterThan(before.length)
  })

  /** Version of each instance of a process that there ever was. */
  async function versionsOf(key: string): Promise<number[]> {
    const found = await engine(`history/process-instance?processDefinitionKey=${key}&maxResults=1000`) as { processDefinitionVersion: number }[]
    return found.map(one => one.processDefinitionVersion)
  }

  /** What a release does: the same diagram under another name is a new version. */
  async function deployAnew(key: string): Promise<number> {
    const form = new FormData()
    const xml = readFileSync(`processes/${key.replace('-', '/')}.bpmn`, 'utf8').replace(/(<bpmn:process [^>]*name=")/, '$1新版')
    form.set('deployment-name', 'released')
    form.set('file', new Blob([xml]), `${key}.bpmn`)
    const { deployedProcessDefinitions: made } = await engine('deployment/create', { method: 'POST', body: form }) as
      { deployedProcessDefinitions: Record<string, { version: number }> }
    return Object.values(made)[0]!.version
  }

  async function engine(path: string, init: RequestInit = {}): Promise<unknown> {
    const { options: { port }, secrets } = stack.system
    const authorization = `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}`
    return (await fetch(`http://127.0.0.1:${port + 10}/engine-rest/${path}`, { ...init, headers: { authorization } })).json()
  }
})

/** The moment of a fault is the experiment itself, not a wait for a result. */
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
