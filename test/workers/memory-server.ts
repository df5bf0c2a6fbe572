import { jwtVerify } from 'jose'
import { readFileSync } from 'node:fs'
import { newTraceparent } from '../../core/traceparent.ts'
import { fakeServer, sendJson } from './fake-server.ts'
import type { FakeServer, Received } from './fake-server.ts'

export const TOKEN_SECRET = 'a-secret-of-the-tests-0123456789'

interface Subject {
  readonly slug: string
  readonly insurance?: string
  /** What pointers of steps.json lead into. */
  readonly content: Readonly<Record<string, unknown>>
}

export interface FinishedStep {
  readonly subject: string
  readonly topic: string
  readonly variables: Readonly<Record<string, string | boolean>>
  readonly receipt: { readonly number: string } | null
  readonly reasons: readonly { readonly code: string }[]
  readonly amounts?: { readonly amountFen: number }
  readonly evidence: { readonly department: string, readonly attempts: readonly unknown[] }
}

export interface MemoryServer extends FakeServer {
  readonly finished: FinishedStep[]
  readonly runs: {
    readonly subject: string, readonly topic: string, readonly processDefinitionId: string
    readonly variables: Readonly<Record<string, unknown>>
  }[]
  /** Topics that an officer paused. */
  readonly paused: Set<string>
  add(id: string, subject: Subject): void
}

const FAR = { value: '2099-01-01T00:00:00.000+0000', type: 'Date' }
const steps = JSON.parse(readFileSync('regions/guangxi/steps.json', 'utf8')) as Record<string, { fields: Record<string, string> }>

/** The server's internal interface over HTTP as the contract words it, with its memory in place of a database. */
export async function memoryServer(): Promise<MemoryServer> {
  const subjects = new Map<string, Subject>()
  const finished: FinishedStep[] = []
  const runs: MemoryServer['runs'] = []
  const paused = new Set<string>()
  const answers: Record<string, (id: string, topic: string, body: Body) => unknown> = {
    run(subject, topic, { variables, processDefinitionId }) {
      runs.push({ subject, topic, processDefinitionId, variables })
      return { variables: recorded(topic, variables) }
    },
    begin(id, topic) {
      const { slug, insurance, content } = subjects.get(id)!
      const fields = Object.fromEntries(Object.entries(steps[topic]!.fields).map(([alias, pointer]) => [alias, at(content, pointer)]))
      const earlier = finished.find(one => one.subject === id && one.topic === topic)
      return {
        requestId: `${id}:${topic.split('.').at(-1)}:1`, traceparent: newTraceparent(), round: 1, fields,
        context: { region: 'guangxi', division: '450103', channel: 'online', slug, ...(insurance && { insurance }) },
        earlier: earlier ? { outcome: earlier.variables, receipt: earlier.receipt } : null
      }
    },
    finish(subject, topic, body) {
      finished.push({ ...(body as unknown as FinishedStep), subject, topic })
      return { variables: body.variables }
    },
    fail: () => ({})
  }
  const server = await fakeServer(async (request, response) => {
    const [, id, topic, verb] = /^\/internal\/v1\/items\/([^/]+)\/steps\/([^/]+)\/(\w+)$/.exec(request.path) ?? []
    if (!await isWorker(request)) return sendJson(response, 401, { code: 'TOKEN_INVALID' })
    if (request.path === '/internal/v1/topics/paused') return sendJson(response, 200, { topics: [...paused] })
    sendJson(response, 200, answers[verb!]!(id!, topic!, request.body as Body))
  })
  return { ...server, finished, runs, paused, add: (id, subject) => void subjects.set(id, subject) }
}

interface Body { readonly variables: Record<string, never>, readonly processDefinitionId: string }

function recorded(topic: string, variables: Readonly<Record<string, unknown>>): unknown {
  if (topic === 'common.conclude-item') return { outcome: { value: variables['result'], type: 'String' }, paymentDeadline: FAR }
  if (topic !== 'common.open-item') return {}
  return {
    isOpen: { value: true, type: 'Boolean' }, reviewGroup: { value: 'hrss', type: 'String' },
    materialsState: { value: 'complete', type: 'String' },
    warnAt: FAR, promisedAt: FAR, redAt: FAR, paymentDeadline: FAR
  }
}

async function isWorker({ headers }: Received): Promise<boolean> {
  const token = headers.authorization?.replace('Bearer ', '') ?? ''
  return jwtVerify(token, new TextEncoder().encode(TOKEN_SECRET), { audience: 'internal' }).then(() => true, () => false)
}

function at(content: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((here, name) => (here as Record<string, unknown> | null)?.[name] ?? null, content)
}
