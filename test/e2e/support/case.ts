import type { ApiClient } from '../../../scripts/client.ts'
import { until } from '../../support/until.ts'
import { stack } from './root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const ENDINGS: Record<string, string> = { guangxi: 'gx', ningxia: 'nx' }
/** The clerks of a region who decide, in the accounts of development. */
export const clerksOf = (region: string): string[] => ['hrss', 'medical', 'tax', 'window'].map(department => `${department}-${ENDINGS[region]}`)

/** What a clerk decides for a task; nothing leaves the task alone. */
export type Judgement = (task: any) => Record<string, unknown> | undefined

export const approveAll: Judgement = task => ({ decision: task.decisions[0].value })

/** Rejects the tasks of one matter and takes the first choice of every other. */
export function rejectMatter(slug: string): Judgement {
  return task => (task.slug === slug && task.kind === 'review'
    ? { decision: 'reject', reasonCode: 'NOT_ELIGIBLE', reasonText: '不符合受理条件' }
    : approveAll(task))
}

/** Six questions are asked at each look, and several cases may be under way. */
const LOOK_EVERY_MS = 250

/** Lets the four clerks of its region work on one application until `isDone`; gives the application as its applicant sees it. */
export async function workUntil(applicant: ApiClient, id: string, isDone: (application: any) => boolean, judge: Judgement = approveAll,
  withinMs = 90_000): Promise<any> {
  const clerks = clerksOf((await applicant.get(`applications/${id}`)).region)
  return until(`application ${id}`, async () => {
    await decideOpen(id, judge, clerks)
    const application = await applicant.get(`applications/${id}`)
    return isDone(application) ? application : undefined
  }, withinMs, LOOK_EVERY_MS)
}

export const isCompleted = (application: any): boolean => application.status === 'completed'

export function itemOf(application: any, slug: string): any {
  return application.items.find((item: any) => item.slug === slug)
}

/** Final as far as the process of the item goes: nothing more will happen to it. */
export function isFinal(item: any): boolean {
  return ['delivered', 'rejected', 'withdrawn', 'not-accepted'].includes(item.status)
}

async function decideOpen(id: string, judge: Judgement, clerks: readonly string[]): Promise<void> {
  await Promise.all(clerks.map(async account => {
    const clerk = await stack().as(account)
    const { tasks } = await clerk.get(`tasks?queue=all&applicationId=${id}`)
    for (const task of tasks) {
      const body = judge(task)
      if (!body) continue
      const claimed = await clerk.send('POST', `tasks/${task.id}/claim`, {})
      if (claimed.status !== 200) continue
      const done = await clerk.send('POST', `tasks/${task.id}/complete`, body)
      if (done.status !== 200 && done.status !== 409) throw new Error(`complete: ${done.status} ${JSON.stringify(done.body)}`)
    }
  }))
}

/** A bare call of the engine, as only an operator with its credentials could make it. */
export async function engine(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<any> {
  const { options, secrets } = stack().system
  const response = await fetch(`http://127.0.0.1:${options.port + 10}/engine-rest/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}`,
      'content-type': 'application/json'
    },
    body: body === undefined ? undefined : JSON.stringify(body)
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}

const DEPARTMENT_PORTS: Record<string, number> = { hrss: 21, medical: 22, tax: 23, 'data-sharing': 24, post: 26, message: 27, platform: 28 }

/** Calls a department's own interface: its ledger, or its switches for faults. */
export async function department(
  name: string, path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST', headers: Readonly<Record<string, string>> = {}
): Promise<any> {
  const response = await fetch(`http://127.0.0.1:${stack().system.options.port + DEPARTMENT_PORTS[name]!}/v1/${path}`, {
    method, headers: { 'content-type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body)
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${name} ${path}: ${response.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}
