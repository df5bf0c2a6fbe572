import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { addressesBeside } from '../../core/config.ts'
import type { Balancer } from './balancer.ts'
import { startBalancer } from './balancer.ts'
import type { ChildPlan } from './child.ts'
import { SupervisedChild } from './child.ts'
import { MAINS, planEngine, planNode } from './plan.ts'
import type { SystemOptions } from './plan.ts'
import { ensureSecrets } from './secrets.ts'
import type { SystemHooks } from './system.ts'
import { deploy, graceOf, stopInOrder, until } from './system.ts'

export interface ClusterSize {
  readonly engines: number
  readonly servers: number
  readonly workers: number
}

/** Several nodes of each kind on one machine, behind balancers on the ports that a single system has. */
export interface Cluster {
  readonly baseUrl: string
  readonly options: SystemOptions
  readonly secrets: Readonly<Record<string, string>>
  /** By name: engine-1, departments, server-1, workers-1 … */
  readonly children: Readonly<Record<string, SupervisedChild>>
  /** Ends one node on purpose, starts it again and waits until it is ready: one step of a rolling upgrade. */
  renew(name: string): Promise<void>
  stop(): Promise<void>
}

/** Ports above that of the browser; a server takes three, of which the second is its internal one. */
const FIRST = { engine: 40, server: 50, workers: 70 } as const
const SPAN = 3

/**
 * Starts a cluster on the PostgreSQL that `given` names for server and engine, and waits until it is ready.
 * @throws Error naming what did not come up, and where its log is; everything is stopped again
 */
export async function startCluster(given: SystemOptions, size: ClusterSize, hooks: SystemHooks = {}): Promise<Cluster> {
  const say = hooks.say ?? (() => {})
  if (!given.engineDatabase || !given.env.DATABASE_URL) throw new Error('several nodes need PostgreSQL: DATABASE_URL and ENGINE_DB_URL')
  mkdirSync(join(given.dataDir, 'logs'), { recursive: true })
  const secrets = ensureSecrets(given.dataDir, given.env)
  const options = { ...given, env: { ...given.env, ...secrets } }
  let gaveUp: string | undefined
  const onGivingUp = (message: string): void => { gaveUp = message; hooks.onGivingUp?.(message) }
  const check = (): void => { if (gaveUp) throw new Error(gaveUp) }
  const plans = planCluster(options, size)
  const children = Object.fromEntries(plans.map(plan => [plan.name, new SupervisedChild(plan, { onGivingUp })]))
  const balancers: Balancer[] = []
  const ready = (name: string): Promise<void> => until(healthOf(options, name), children[name]!.plan.logFile, check)
  const begin = async (names: readonly string[]): Promise<void> => {
    for (const name of names) children[name]!.start()
    await Promise.all(names.map(ready))
  }
  let stopping: Promise<void> | undefined
  const cluster: Cluster = {
    baseUrl: options.env.PUBLIC_URL ?? `http://localhost:${options.port}`, options, secrets, children,
    async renew(name) {
      await children[name]!.stop(graceOf(name))
      children[name]!.startAgain()
      await ready(name)
    },
    stop: () => (stopping ??= stopAll(children, balancers))
  }
  const named = (kind: string): string[] => Object.keys(children).filter(name => name.startsWith(kind))
  try {
    balancers.push(...await Promise.all([
      startBalancer(options.port, portsOf(options, 'server', size.servers)),
      startBalancer(options.port + 1, portsOf(options, 'server', size.servers).map(port => port + 1)),
      startBalancer(options.port + 10, portsOf(options, 'engine', size.engines))
    ]))
    children.departments!.start()
    const [first, ...others] = named('engine')
    await begin([first!]) // alone, as it makes the tables
    await begin(others)
    say(`${size.engines} engine nodes run`)
    await deploy(options, say)
    await begin(named('server'))
    say(`${size.servers} servers run`)
    await begin(named('workers'))
    await until(`${cluster.baseUrl}/readyz`, join(options.dataDir, 'logs'), check)
    return cluster
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

function planCluster(options: SystemOptions, size: ClusterSize): ChildPlan[] {
  const addresses = {
    ...addressesBeside(options.port), ...options.env,
    WORKERS_URLS: portsOf(options, 'workers', size.workers).map(port => `http://127.0.0.1:${port + 2}`).join(',')
  }
  const nodes = (kind: 'server' | 'workers', count: number): ChildPlan[] => portsOf(options, kind, count)
    .map((port, index) => planNode(options, `${kind}-${index + 1}`, MAINS[kind], { ...addresses, PORT: String(port) }))
  return [
    ...portsOf(options, 'engine', size.engines).map((port, index) => planEngine(options, `engine-${index + 1}`, port)),
    planNode(options, 'departments', MAINS.departments),
    ...nodes('server', size.servers), ...nodes('workers', size.workers)
  ]
}

function portsOf({ port }: SystemOptions, kind: keyof typeof FIRST, count: number): number[] {
  return Array.from({ length: count }, (_, index) => port + FIRST[kind] + SPAN * index)
}

function healthOf(options: SystemOptions, name: string): string {
  const [kind, number] = name.split('-') as [keyof typeof FIRST, string]
  const port = portsOf(options, kind, Number(number)).at(-1)!
  if (kind === 'engine') return `http://127.0.0.1:${port}/engine-rest/actuator/health`
  return kind === 'server' ? `http://127.0.0.1:${port}/healthz` : `http://127.0.0.1:${port + 2}/readyz`
}

async function stopAll(children: Readonly<Record<string, SupervisedChild>>, balancers: readonly Balancer[]): Promise<void> {
  await stopInOrder(children)
  await Promise.all(balancers.map(balancer => balancer.stop()))
}
