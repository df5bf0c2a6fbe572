import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createBusinessClock } from '../../server/clock.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { startEngine } from '../../test/support/engine.ts'
import type { RunningEngine } from '../../test/support/engine.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import { startStack } from '../../test/support/stack.ts'
import { PEOPLE, submitCases } from '../../test/faults/support/experiment.ts'
import { cpuByName } from './cpu.ts'

export interface ArmFigures {
  readonly perSecond: number
  readonly cpuPerCase: number
  /** The same by process. */
  readonly cpuOfEach: Readonly<Record<string, number>>
  /** Milliseconds from start to end of one case on an idle system. */
  readonly idleMs: number
}

export interface EnrolmentFigures {
  readonly cases: number
  readonly ours: ArmFigures
  readonly tuned: ArmFigures
  readonly defaults: ArmFigures
}

const UMBRELLA = 'guangxi-enrolment'
/** All cases go on side by side, so that on a busy machine the first of many ends late. */
const STANDSTILL_MS = 900_000
/** A little more than the workers of the bare arm ask for. */
const LONG_POLL_MS = 21_000

export interface EnrolmentAmounts {
  /** At the saturating backlog. */
  readonly cases: number
  /** One after the other, as often to warm up and as often to be timed. */
  readonly idle: number
}

/** Runs the three arms one after the other, each on a new database. */
export async function benchEnrolment(amounts: EnrolmentAmounts, say: (text: string) => void): Promise<EnrolmentFigures> {
  const { cases } = amounts
  say(`this system, ${cases} cases …`)
  const ours = await oursArm(amounts)
  say('bare engine, client tuned …')
  const tuned = await bareArm(amounts, 'tuned')
  say('bare engine, client at its defaults …')
  const defaults = await bareArm(amounts, 'defaults')
  return { cases, ours, tuned, defaults }
}

async function oursArm({ cases, idle }: EnrolmentAmounts): Promise<ArmFigures> {
  // Each case is another person's; one whom no register knows would wait for a clerk.
  const stack = await startStack({ engine: 'operaton', database: 'postgres', guests: PEOPLE, env: { DEPARTMENT_DAY_MS: '1' } })
  try {
    const { children, options, secrets } = stack.system
    const engine = { url: `http://127.0.0.1:${options.port + 10}/engine-rest`, authorization: basic('engine', secrets.ENGINE_PASSWORD!) }
    await submitCases(stack, idle)
    await ended(engine, idle)
    const idleMs = await median(idle, async index => {
      await submitCases(stack, 1)
      return ended(engine, idle + index + 1)
    })
    await children.workers.stop(12_000)
    await submitCases(stack, cases)
    await started(engine, 2 * idle + cases)
    const { engine: one, server, workers } = children
    const since = cpuByName({ engine: one.pid, server: server.pid })
    const begun = Date.now()
    children.workers.startAgain()
    await ended(engine, 2 * idle + cases)
    return figures(cases, begun, since({ engine: one.pid, server: server.pid, workers: workers.pid }), idleMs)
  } finally {
    await stack.stop()
  }
}

async function bareArm({ cases, idle }: EnrolmentAmounts, kind: 'tuned' | 'defaults'): Promise<ArmFigures> {
  const postgres = await startPostgres()
  await postgres.createDatabase('engine')
  const engine = await startEngine({ database: { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password } })
  const workers = () => fork('scripts/bench/noop-workers.ts', [engine.url, engine.user, engine.password, kind], {
    execArgv: ['--import', 'tsx'], stdio: 'ignore'
  })
  let child
  try {
    await deployRegion(createEngineGateway({ ...engine, clock: createBusinessClock({}) }), 'processes/guangxi')
    child = workers()
    for (let index = 0; index < idle; index++) await startCase(engine)
    await ended(engine, idle)
    const idleMs = await median(idle, async index => {
      await startCase(engine)
      return ended(engine, idle + index + 1)
    })
    child.kill('SIGKILL')
    // The engine would still hand tasks to the open poll of the dead worker, and lock them for it.
    await pause(LONG_POLL_MS)
    for (let index = 0; index < cases; index++) await startCase(engine)
    const since = cpuByName({ engine: engine.pid })
    const begun = Date.now()
    child = workers()
    await ended(engine, 2 * idle + cases)
    return figures(cases, begun, since({ engine: engine.pid, workers: child.pid }), idleMs)
  } finally {
    child?.kill('SIGKILL')
    await engine.stop()
    await postgres.stop()
  }
}

function figures(cases: number, begun: number, cpu: Readonly<Record<string, number>>, idleMs: number): ArmFigures {
  const cpuOfEach = Object.fromEntries(Object.entries(cpu).map(([name, seconds]) => [name, seconds / cases]))
  const cpuPerCase = Object.values(cpuOfEach).reduce((sum, one) => sum + one, 0)
  return { perSecond: cases / ((Date.now() - begun) / 1000), cpuPerCase, cpuOfEach, idleMs }
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
type Reachable = Pick<RunningEngine, 'url' | 'authorization'>

async function startCase(engine: Reachable): Promise<void> {
  const text = (value: string) => ({ value, type: 'String' })
  const flag = (value: boolean) => ({ value, type: 'Boolean' })
  const matters = ['ArchiveTransfer', 'ResidentPension', 'FlexiblePension', 'SocialSecurityCard', 'ResidentMedical', 'ResidentMedicalChange',
    'FlexibleMedical', 'FlexibleMedicalChange', 'Contribution']
  const chosen = ['FlexiblePension', 'FlexibleMedical', 'Contribution']
  const applicationId = randomUUID()
  const id = (name: string) => [name[0]!.toLowerCase() + name.slice(1), text(randomUUID())]
  const response = await fetch(`${engine.url}/process-definition/key/${UMBRELLA}/start`, {
    method: 'POST',
    headers: { authorization: engine.authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      businessKey: applicationId,
      variables: {
        applicationId: text(applicationId), region: text('guangxi'), division: text('450103'), channel: text('online'),
        ...Object.fromEntries(matters.map(matter => [`sel${matter}`, flag(chosen.includes(matter))])),
        ...Object.fromEntries(['ResidentPension', 'FlexiblePension', 'ResidentMedical', 'FlexibleMedical']
          .map(insurance => [`row${insurance}`, flag(chosen.includes(insurance))])),
        ...Object.fromEntries([...chosen.map(one => id(`${one}ItemId`)), id('FlexiblePensionRowId'), id('FlexibleMedicalRowId')])
      }
    })
  })
  if (!response.ok) throw new Error(`start: ${response.status} ${await response.text()}`)
}

async function count(engine: Reachable, query: string): Promise<number> {
  const response = await fetch(`${engine.url}/history/process-instance/count?processDefinitionKey=${UMBRELLA}${query}`,
    { headers: { authorization: engine.authorization } })
  return ((await response.json()) as { count: number }).count
}

/** Waits until so many umbrellas have ended; gives the milliseconds since the call. @throws Error when none ends any more */
async function ended(engine: Reachable, expected: number): Promise<number> {
  const begun = Date.now()
  for (let [last, since] = [-1, begun]; ;) {
    const now = await count(engine, '&completed=true')
    if (now >= expected) return Date.now() - begun
    if (now > last) [last, since] = [now, Date.now()]
    if (Date.now() - since > STANDSTILL_MS) throw new Error(`${expected - now} cases stand still`)
    await pause(25)
  }
}

async function started(engine: Reachable, expected: number): Promise<void> {
  while ((await count(engine, '')) < expected) await pause(100)
}

async function median(times: number, measure: (index: number) => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let index = 0; index < times; index++) values.push(await measure(index))
  return values.sort((one, other) => one - other)[Math.floor(times / 2)]!
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
