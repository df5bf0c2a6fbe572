import { appendFileSync } from 'node:fs'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { makePeople } from '../../support/people.ts'
import type { TestPerson } from '../../support/people.ts'
import type { Stack } from '../../support/stack.ts'
import type { System } from '../../../scripts/system/system.ts'
import { oldestAge, whatIsAmiss } from './checker.ts'
import { patiently } from './patiently.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

export const CASES = Number(process.env.FAULT_CASES ?? 50)
const FIRST_SEED = Number(process.env.FAULT_FIRST_SEED ?? 20260323)
export const SEEDS = Array.from({ length: Number(process.env.FAULT_SEEDS ?? 1) }, (_, index) => FIRST_SEED + index)
/** Decided without a person, so that nothing but the fault holds a case up. */
const MATTERS = ['flexible-pension', 'flexible-medical', 'contribution']
/** Numbers of people above those of every other group that a system knows. */
const ABOVE_OTHERS = 4000
/** Each case is another person's, in all experiments with all seeds. */
export const PEOPLE = makePeople(Math.max(2400, SEEDS.length * CASES * 40), { prefix: 'fault', first: ABOVE_OTHERS })
/** In no public register, so that a person must look at each case of theirs. */
export const STRANGERS = makePeople(3 * SEEDS.length * CASES, { prefix: 'fault-stranger', first: ABOVE_OTHERS + PEOPLE.length, isRegistered: false })

export interface Case {
  readonly id: string
  readonly number: string
}

/** What an experiment needs of a system: people who act in it, and where the departments are. */
export type Acting = Pick<Stack, 'as'> & { readonly system: Pick<System, 'options'>, readonly postgres?: Stack['postgres'] }

const people = PEOPLE.values()
const strangers = STRANGERS.values()

/** So many people who have not applied for anything. @throws Error when there are no more */
export function nextPeople(count: number, from: Iterator<TestPerson> = people): TestPerson[] {
  return Array.from({ length: count }, () => {
    const { value, done } = from.next()
    if (done) throw new Error('there are too few people for so many cases')
    return value
  })
}

export const nextStrangers = (count: number): TestPerson[] => nextPeople(count, strangers)

/**
 * Submits a case at the window for each of so many people, or of these; a submission that got no answer is repeated with the same
 * key, as a careful caller does. Gives what was acknowledged.
 */
export async function submitCases(stack: Acting, of: number | readonly TestPerson[]): Promise<Case[]> {
  const window = await patiently('the window is signed in', () => stack.as('window-gx'))
  const template: any = await patiently('the form', () => window.get(`regions/guangxi/prefill?matters=${MATTERS.join(',')}`))
  const queue = typeof of === 'number' ? nextPeople(of) : [...of]
  const done: Case[] = []
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let person = queue.shift(); person; person = queue.shift()) {
      const { isRegistered: _, ...fields } = person.person
      const draft = {
        region: 'guangxi', channel: 'window', matters: MATTERS, agent: null, items: template.items,
        common: { person: { ...template.common.person, ...fields } }
      }
      const { id } = await stubborn(window, 'applications', draft, `draft-${person.account}`)
      const body = { confirmedNotices: MATTERS, declarationAccepted: true, signature: null }
      const { number } = await stubborn(window, `applications/${id}/submit`, body, `submit-${person.account}`)
      done.push({ id, number })
    }
  }))
  return done
}

async function stubborn(client: ApiClient, path: string, body: unknown, key: string): Promise<any> {
  return patiently(`POST ${path}`, async () => {
    const answer = await client.send('POST', path, body, { 'idempotency-key': key })
    if (answer.status < 300) return answer.body
    if (answer.body?.code === 'ALREADY_SUBMITTED') return answer.body
    if (answer.status < 500 && answer.body?.code !== 'IDEMPOTENCY_IN_PROGRESS') throw new Error(JSON.stringify(answer.body))
    return undefined
  })
}

/**
 * Clerks who approve whatever comes to them: a fact that could not be had while a department was away rightly goes to a person,
 * and somebody must then be there.
 */
export async function approveOpenTasks(stack: Acting): Promise<void> {
  for (const account of ['hrss-gx', 'medical-gx', 'tax-gx']) {
    const clerk = await stack.as(account)
    const { tasks } = await clerk.get('tasks?queue=all&limit=50')
    for (const task of tasks) {
      await clerk.send('POST', `tasks/${task.id}/claim`, {})
      await clerk.send('POST', `tasks/${task.id}/complete`, { decision: task.decisions[0].value })
    }
  }
}

/** A question costs what a case costs; asked without a rest, or about everybody, the questions would be the load. */
const LOOK_EVERY_MS = 1000

/** Waits until each case is completed, and gives how long that took. */
async function awaitCompletion(stack: Acting, cases: readonly Case[]): Promise<number> {
  const begun = Date.now()
  const window = await stack.as('window-gx')
  const open = [...cases]
  const first = () => window.get(`applications/${open[0]!.id}`)
  await patiently(`the end of ${cases.length} cases`, async () => {
    await approveOpenTasks(stack)
    while (open.length > 0 && (await first()).status === 'completed') open.shift()
    return open.length === 0
  }, LOOK_EVERY_MS).catch(async error => {
    throw new Error(`${String(error)}; ${open.length} left, the first: ${JSON.stringify((await first()).items)}`)
  })
  return Date.now() - begun
}

interface Concluded {
  readonly name: string
  readonly setsClocks?: boolean
}

/**
 * Ends an experiment: waits for all cases, counts effects in the departments' own ledgers, looks through the databases where there
 * is a PostgreSQL, keeps the figures, and wants none amiss.
 */
export async function conclude(
  stack: Acting, { name, setsClocks = false }: Concluded, seed: number, cases: readonly Case[], since: number
): Promise<void> {
  await awaitCompletion(stack, cases)
  const recoveredMs = Date.now() - since
  const { lost, doubled } = await countEffects(stack, cases)
  const amiss = stack.postgres ? await whatIsAmiss(stack, stack.postgres, cases) : []
  const oldestMs = stack.postgres && !setsClocks ? await oldestAge(stack.postgres, cases) : null
  report({ experiment: name, seed, cases: cases.length, recoveredMs, oldestMs, lost: lost.length, doubled: doubled.length, amiss: amiss.length })
  expect({ lost, doubled, amiss }).to.deep.equal({ lost: [], doubled: [], amiss: [] })
}

/** One line of the report that `npm run faults` makes its page from. */
export function report(line: object): void {
  if (process.env.FAULT_REPORT) appendFileSync(process.env.FAULT_REPORT, `${JSON.stringify(line)}\n`)
}

/** Lost: an acknowledged item that was not delivered, or without its effect. Doubled: an effect that stands more than once. */
async function countEffects(stack: Acting, cases: readonly Case[]): Promise<{ lost: string[]; doubled: string[] }> {
  const window = await stack.as('window-gx')
  const ledgers = { hrss: await ledger(stack, 21), medical: await ledger(stack, 22), tax: await ledger(stack, 23) }
  const lost: string[] = []
  const doubled: string[] = []
  const judge = (name: string, isDone: boolean, department: keyof typeof ledgers, subject: string, kind: string) => {
    const count = ledgers[department].filter(entry => entry.requestId.startsWith(`${subject}:`) && entry.kind === kind).length
    if (!isDone || count === 0) lost.push(name)
    if (count > 1) doubled.push(name)
  }
  for (const { id, number } of cases) {
    const application = await window.get(`applications/${id}`)
    const item = (slug: string) => application.items.find((one: any) => one.slug === slug)
    for (const [department, slug] of [['hrss', 'flexible-pension'], ['medical', 'flexible-medical']] as const) {
      judge(`${number} ${slug}`, item(slug).status === 'delivered', department, item(slug).id, `${slug}-registration`)
    }
    for (const row of item('contribution').rows) {
      judge(`${number} row ${row.insurance}`, row.status === 'approved', 'tax', row.id, 'contribution-declaration')
    }
  }
  return { lost, doubled }
}

async function ledger(stack: Acting, offset: number): Promise<{ requestId: string; kind: string }[]> {
  const response = await fetch(`http://127.0.0.1:${stack.system.options.port + offset}/v1/ledger`)
  return ((await response.json()) as { entries: { requestId: string; kind: string }[] }).entries
}
