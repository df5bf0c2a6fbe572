import type { TcpProxy } from '../../support/tcp-proxy.ts'
import type { Stack } from '../../support/stack.ts'
import { engineUrl } from '../../../scripts/system/plan.ts'
import type { ProcessName } from '../../../scripts/system/plan.ts'
import { submitCases } from './experiment.ts'
import type { Case } from './experiment.ts'
import { patiently } from './patiently.ts'

/** A fault experiment: what is believed, what is done to the system, and what must hold when it is over. */
export interface Experiment {
  /** 1–30, the number of the kind; several experiments may be of one kind. */
  readonly id: number
  readonly nameZh: string
  readonly name: string
  readonly hypothesis: string
  /** Runs on a system of its own, with SQLite and the engine's file. */
  readonly isEmbedded?: boolean
  /** Shows what a system without our care does; its cases are not counted. */
  readonly isReference?: boolean
  /** Sets clocks, so that the ages of its cases tell nothing. */
  readonly setsClocks?: boolean
  act(faulty: Faulty): Promise<Struck>
}

export interface Faulty {
  readonly stack: Stack
  /** The same for the same seed. */
  readonly random: () => number
  readonly seed: number
  /** How many cases to submit. */
  readonly count: number
  /** Between the workers and the engine. */
  readonly engineLine: TcpProxy
  /** Between PostgreSQL and both the server and the engine. */
  readonly databaseLine: TcpProxy
}

/** What was submitted, and when the fault was over. */
export interface Struck {
  readonly cases: readonly Case[]
  readonly healedAt: number
}

const FIRST_DEPARTMENT_PORT = 21
const DEPARTMENTS = ['hrss', 'medical', 'tax'] as const

/** Gives departments faults to strike with; all three when none is named, an empty list mends them. */
export async function setFaults(stack: Stack, faults: readonly object[], only?: (typeof DEPARTMENTS)[number]): Promise<void> {
  for (const [index, name] of DEPARTMENTS.entries()) {
    if (only && only !== name) continue
    await fetch(`http://127.0.0.1:${stack.system.options.port + FIRST_DEPARTMENT_PORT + index}/v1/faults`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ faults })
    })
  }
}

/** The moment and the length of a fault are the experiment itself, not a wait for a result. */
export const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Kills a process at three moments while cases come in; each time at the soonest after `leastMs`. */
export async function killThrice({ stack, random, count }: Faulty, name: ProcessName, leastMs = 1000): Promise<Struck> {
  const submitting = submitCases(stack, count)
  for (let kill = 0; kill < 3; kill++) {
    await pause(leastMs + random() * 2500)
    stack.system.children[name].signal('SIGKILL')
  }
  const healedAt = Date.now()
  return { cases: await submitting, healedAt }
}

/** A call of the engine past everything that watches it. */
export function callEngine({ system: { options, secrets } }: Stack, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = {
    authorization: `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}`,
    ...(typeof init.body === 'string' && { 'content-type': 'application/json' })
  }
  return fetch(`${engineUrl(options)}/${path}`, { ...init, headers })
}

/** Deploys a model past the studio; gives the id of the deployment. */
export async function deployModel(stack: Stack, name: string, xml: string): Promise<string> {
  const form = new FormData()
  form.set('deployment-name', name)
  form.set('file', new Blob([xml]), `${name}.bpmn`)
  const answer = await callEngine(stack, 'deployment/create', { method: 'POST', body: form })
  if (!answer.ok) throw new Error(`deployment: ${answer.status} ${await answer.text()}`)
  return (await answer.json() as { id: string }).id
}

const GRACE_MS = 11_000

/** Waits until the engine answers. */
export async function engineUp(stack: Stack): Promise<void> {
  await patiently('the engine is up', async () => (await fetch(`${engineUrl(stack.system.options)}/actuator/health`)).ok)
}

/** Ends a process as an operator would and starts it again with other settings; an engine is awaited. */
export async function restart(stack: Stack, name: ProcessName, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const child = stack.system.children[name]
  await child.stop(GRACE_MS)
  Object.assign(child.plan.env, env)
  for (const [key, value] of Object.entries(env)) if (value === undefined) delete child.plan.env[key]
  child.startAgain()
  if (name === 'engine') await engineUp(stack)
}
