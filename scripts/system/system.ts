import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createBusinessClock } from '../../server/clock.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { SupervisedChild } from './child.ts'
import { deployRegions } from './deploy-regions.ts'
import { engineUrl, planProcesses, PROCESS_NAMES } from './plan.ts'
import type { ProcessName, SystemOptions } from './plan.ts'
import { isFree } from './ports.ts'
import { ensureSecrets } from './secrets.ts'

export interface System {
  readonly baseUrl: string
  readonly internalUrl: string
  readonly options: SystemOptions
  readonly secrets: Readonly<Record<string, string>>
  readonly children: Readonly<Record<ProcessName, SupervisedChild>>
  /** Ends server, workers, departments and engine in this order, within 25 seconds; harmless when called again. */
  stop(): Promise<void>
}

export interface SystemHooks {
  readonly say?: (text: string) => void
  readonly onGivingUp?: (message: string) => void
}

const READY_WITHIN_MS = 180_000
/** In order of stopping: who takes new work first, who others depend on last. The sum stays below 25 seconds. */
const GRACE_MS: readonly (readonly [ProcessName, number])[] = [['server', 6000], ['workers', 11_000], ['departments', 2000], ['engine', 5000]]

/**
 * Starts the whole system and waits until it is ready; on failure everything is stopped again.
 * @throws Error naming what did not come up, and where its log is
 */
export async function startSystem(given: SystemOptions, hooks: SystemHooks = {}): Promise<System> {
  const say = hooks.say ?? (() => {})
  if (!(await isFree(given.port))) throw new Error(`端口 ${given.port} 已被占用：系统可能已在运行；用 PORT=… 换一个端口`)
  mkdirSync(join(given.dataDir, 'logs'), { recursive: true })
  const secrets = ensureSecrets(given.dataDir, given.env)
  const options = { ...given, env: { ...given.env, ...secrets } }
  let gaveUp: string | undefined
  const onGivingUp = (message: string) => { gaveUp = message; hooks.onGivingUp?.(message) }
  const plans = planProcesses(options)
  const children = Object.fromEntries(PROCESS_NAMES.map(name => [name, new SupervisedChild(plans[name], { onGivingUp })])) as
    Record<ProcessName, SupervisedChild>
  let stopping: Promise<void> | undefined
  const system: System = {
    baseUrl: options.env.PUBLIC_URL ?? `http://localhost:${options.port}`,
    internalUrl: `http://127.0.0.1:${options.port + 1}`,
    options, secrets, children,
    stop: () => (stopping ??= stopInOrder(children))
  }
  try {
    const check = () => { if (gaveUp) throw new Error(gaveUp) }
    for (const name of ['engine', 'departments', 'server'] as const) children[name].start()
    say('engine, departments and server are starting …')
    await until(`${engineUrl(options)}/actuator/health`, plans.engine.logFile, check)
    await deploy(options, say)
    children.workers.start()
    say('workers are starting …')
    await until(`${system.baseUrl}/readyz`, join(options.dataDir, 'logs'), check)
    return system
  } catch (error) {
    await system.stop()
    throw error
  }
}

/** Ends all children, those of one kind together: `server` as well as `server-1` and `server-2`. */
export async function stopInOrder(children: Readonly<Record<string, SupervisedChild>>): Promise<void> {
  for (const [kind, grace] of GRACE_MS) {
    await Promise.all(Object.entries(children).filter(([name]) => name.startsWith(kind)).map(([, child]) => child.stop(grace)))
  }
}

/** How long a child may take to end, ms. */
export function graceOf(name: string): number {
  return GRACE_MS.find(([kind]) => name.startsWith(kind))![1]
}

/** Deploys what changed in the models, to the engine of `options`. */
export async function deploy(options: SystemOptions, say: (text: string) => void): Promise<void> {
  const engine = createEngineGateway({
    url: engineUrl(options), user: 'engine', password: options.env.ENGINE_PASSWORD!, clock: createBusinessClock({})
  })
  await deployRegions(engine, options.env.REGIONS_DIR || options.root, say)
  engine.close()
}

/**
 * Asks a health address until it says yes; `check` may throw meanwhile.
 * @throws Error after three minutes, naming the address and the log
 */
export async function until(url: string, log: string, check: () => void): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  let last = 'no answer'
  while (Date.now() < deadline) {
    check()
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    if (response?.ok) return
    if (response) last = `${response.status} ${(await response.text()).slice(0, 500)}`
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN_MS / 1000} s (${last}); see ${log}`)
}
