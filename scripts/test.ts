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

const QUICK: readonly Suite[] = [
  UNIT,
  e2e('operaton+postgres'),
  e2e('camunda+embedded', '--grep', '@brief'),
  {
    name: 'faults, six kinds with one seed', command: mocha('--config', 'test/faults/.mocharc.json'),
    env: { FAULT_SEEDS: '1', FAULT_CASES: '20', FAULT_ONLY: '1,2,3,4,5,8' }
  }
]

/** The proofs of the desk in their full size, on one stack. */
const DESK = { DESK_CASES: '50', DESK_OPERATIONS: '10000', DESK_ROUNDS: '200' }

const FULL: readonly Suite[] = [
  UNIT,
  { ...e2e('operaton+postgres'), env: { STACK: 'operaton+postgres', TRAINING: 'all', ...DESK } },
  { name: 'timers of 500 items', command: mocha('test/engine/timer-storm.test.ts'), env: { STACK: 'operaton+postgres', TIMER_ITEMS: '500' } },
  ...['operaton+embedded', 'camunda+postgres', 'camunda+embedded'].map(stack => e2e(stack)),
  { name: 'a cluster', command: mocha('--config', 'test/cluster/.mocharc.json') },
  { name: 'faults, three seeds', command: mocha('--config', 'test/faults/.mocharc.json'), env: { FAULT_SEEDS: '3' } }
]

const total = { passed: 0, failed: 0 }

async function main(): Promise<void> {
  const suites = process.argv.includes('--full') ? FULL : QUICK
  const begun = Date.now()
  await Promise.all([inTurn(READ, constants.priority.PRIORITY_LOW), inTurn(suites)])
  console.log(`\n${Math.round((Date.now() - begun) / 1000)} s`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed === 0 ? 0 : 1)
}

async function inTurn(suites: readonly Suite[], priority: number = constants.priority.PRIORITY_NORMAL): Promise<void> {
  for (const suite of suites) await run(suite, priority)
}

function run(suite: Suite, priority: number): Promise<void> {
  const begun = Date.now()
  console.log(`\n=== ${suite.name} ===`)
  return new Promise(resolve => {
    const [command, ...args] = suite.command
    const child = spawn(command!, args, { env: { ...process.env, ...suite.env }, stdio: ['ignore', 'pipe', 'inherit'] })
    if (child.pid !== undefined) setPriority(child.pid, priority)
    let tail = ''
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk)
      tail = (tail + chunk.toString()).slice(-2000)
    })
    child.once('close', code => {
      count(suite, code, tail)
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
