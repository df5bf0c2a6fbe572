import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'

interface Suite {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Suites that print no `N passed, N failed` of their own count as one check. */
  readonly isSingleCheck?: boolean
}

const mocha = (...args: string[]) => ['node_modules/.bin/mocha', ...args]
const e2e = (stack: string, ...args: string[]): Suite => ({
  name: `end to end on ${stack}`,
  command: mocha('--config', 'test/e2e/.mocharc.json', ...args),
  env: { STACK: stack }
})

/** They only read: run beside the rest, at the lowest priority, they fill the time in which it waits for a timer or a page. */
const READ: readonly Suite[] = [
  { name: 'lint', command: ['node_modules/.bin/eslint', '.', '--max-warnings', '0'], isSingleCheck: true },
  { name: 'types', command: ['node_modules/.bin/tsc', '-p', '.'], isSingleCheck: true },
  { name: 'types of the web', command: ['node_modules/.bin/tsc', '-p', 'web'], isSingleCheck: true }
]

const UNIT: Suite = { name: 'unit and contract', command: mocha('--parallel', '--jobs', '2', 'test/**/*.test.ts') }

/** Suites in turn; several lanes of one stage run side by side. */
type Stage = readonly (readonly Suite[])[]

/** A browser waits for pages, and a killed process for its locks to run out: side by side each works while the other waits. */
const QUICK: readonly Stage[] = [
  [[UNIT]],
  [[e2e('operaton+postgres')], [e2e('camunda+embedded', '--grep', '@brief'), {
    name: 'faults, six kinds with one seed', command: mocha('--config', 'test/faults/.mocharc.json'),
    env: { FAULT_SEEDS: '1', FAULT_CASES: '20', FAULT_ONLY: '1,2,3,4,5,8' }
  }]]
]

/** The proofs of the desk in their full size, on one stack. */
const DESK = { DESK_CASES: '50', DESK_OPERATIONS: '10000', DESK_ROUNDS: '200' }

const FULL: readonly Stage[] = [[[
  UNIT,
  { ...e2e('operaton+postgres'), env: { STACK: 'operaton+postgres', TRAINING: 'all', STUDIO_WHOLE: '1', ...DESK } },
  { name: 'timers of 500 items', command: mocha('test/engine/timer-storm.test.ts'), env: { STACK: 'operaton+postgres', TIMER_ITEMS: '500' } },
  ...['operaton+embedded', 'camunda+postgres', 'camunda+embedded'].map(stack => e2e(stack)),
  { name: 'arms of the bench', command: mocha('test/scripts/bench/arms.test.ts'), env: { BENCH_STACK: '1' } },
  { name: 'a cluster', command: mocha('--config', 'test/cluster/.mocharc.json') },
  { name: 'faults, three seeds', command: mocha('--config', 'test/faults/.mocharc.json'), env: { FAULT_SEEDS: '3' } },
  {
    name: 'past defects put back', command: mocha('--config', 'test/mutants/.mocharc.json'),
    env: { FAULT_SEEDS: '1', FAULT_CASES: '10', FAULT_WITHIN_MS: '150000' }
  }
]]]

const total = { passed: 0, failed: 0 }

async function main(): Promise<void> {
  const stages = process.argv.includes('--full') ? FULL : QUICK
  const begun = Date.now()
  await Promise.all([inTurn(READ, { priority: constants.priority.PRIORITY_LOW }), inStages(stages)])
  console.log(`\n${Math.round((Date.now() - begun) / 1000)} s`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed === 0 ? 0 : 1)
}

async function inStages(stages: readonly Stage[]): Promise<void> {
  for (const [first, ...others] of stages) {
    await Promise.all([inTurn(first!), ...others.map(lane => inTurn(lane, { isHeld: true }))])
  }
}

interface Manner {
  readonly priority?: number
  /** Its output comes in one piece at its end, not between the lines of what runs beside it. */
  readonly isHeld?: boolean
}

async function inTurn(suites: readonly Suite[], manner: Manner = {}): Promise<void> {
  for (const suite of suites) await run(suite, manner)
}

function run(suite: Suite, { priority = constants.priority.PRIORITY_NORMAL, isHeld = false }: Manner): Promise<void> {
  const begun = Date.now()
  const held: Buffer[] = []
  console.log(`\n=== ${suite.name} ===`)
  return new Promise(resolve => {
    const [command, ...args] = suite.command
    const child = spawn(command!, args, { env: { ...process.env, ...suite.env }, stdio: ['ignore', 'pipe', 'inherit'] })
    if (child.pid !== undefined) setPriority(child.pid, priority)
    let tail = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (isHeld) held.push(chunk)
      else process.stdout.write(chunk)
      tail = (tail + chunk.toString()).slice(-2000)
    })
    child.once('close', code => {
      count(suite, code, tail)
      process.stdout.write(Buffer.concat(held))
      console.log(`=== ${suite.name}: ${code === 0 ? 'ok' : 'FAILED'} after ${Math.round((Date.now() - begun) / 1000)} s ===`)
      resolve()
    })
  })
}

/** A suite that died before its closing line is a failure, even when its exit code claims success. */
function count(suite: Suite, code: number | null, tail: string): void {
  const closing = /(\d+) passed, (\d+) failed\s*$/.exec(tail)
  if (closing) {
    total.passed += Number(closing[1])
    total.failed += Number(closing[2]) || (code === 0 ? 0 : 1)
  } else if (suite.isSingleCheck && code === 0) total.passed++
  else total.failed++
}

await main()
