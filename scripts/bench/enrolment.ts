import { cpus } from 'node:os'
import { umbrellas } from './bare-case.ts'
import type { Reachable } from './bare-case.ts'
import { cpuByName } from './cpu.ts'
import type { Cost } from './database.ts'
import { bareArm, oursArm } from './enrolment-arms.ts'
import type { ArmParts } from './enrolment-arms.ts'
import { cpuWithChildren } from './machine.ts'
import { quantile } from './statistics.ts'

export const ARMS = ['ours', 'tuned', 'defaults'] as const
export type ArmName = (typeof ARMS)[number]

export interface EnrolmentRound {
  readonly perSecond: number
  /** CPU seconds a case of engine, server and workers together. */
  readonly cpu: number
  readonly cpuOfEach: Readonly<Record<string, number>>
  /** CPU seconds a case of PostgreSQL. */
  readonly postgres: number
  /** Of the arm's databases, a case. */
  readonly statements: number
  readonly walBytes: number
}

export interface ArmFigures {
  readonly rounds: readonly EnrolmentRound[]
  /** Milliseconds of one case on an idle system, the median. */
  readonly idleMs: number
}

export interface EnrolmentFigures {
  /** Of one round. */
  readonly cases: number
  /** Processors of the machine. */
  readonly cores: number
  readonly arms: Readonly<Record<ArmName, ArmFigures>>
}

export interface EnrolmentAmounts {
  /** At the saturating backlog of one round. */
  readonly cases: number
  /** The rounds in their order. */
  readonly order: readonly ArmName[]
  /** One after the other, as often to warm up and as often to be timed. */
  readonly idle: number
}

/** All cases go on side by side, so that on a busy machine the first of many ends late. */
const STANDSTILL_MS = 900_000

const START: Readonly<Record<ArmName, () => Promise<ArmParts>>> = {
  ours: oursArm, tuned: () => bareArm('tuned'), defaults: () => bareArm('defaults')
}

/** Measures the three arms in turns, each on a PostgreSQL of its own; while one works the others stand by without workers. */
export async function benchEnrolment(
  { cases, order, idle }: EnrolmentAmounts, say: (text: string) => void
): Promise<EnrolmentFigures> {
  const started: Partial<Record<ArmName, ArmParts>> = {}
  try {
    const idleMs: Partial<Record<ArmName, number>> = {}
    for (const name of ARMS) {
      say(`${name}: ${idle} cases, one after the other …`)
      const arm = started[name] = await START[name]()
      idleMs[name] = await idleTime(arm, idle)
      await arm.stopWorkers()
    }
    const rounds: Record<ArmName, EnrolmentRound[]> = { ours: [], tuned: [], defaults: [] }
    for (const name of order) {
      say(`${name}: ${cases} cases …`)
      rounds[name].push(await round(started[name]!, cases))
    }
    const figures = (name: ArmName): ArmFigures => ({ rounds: rounds[name], idleMs: idleMs[name]! })
    return { cases, cores: cpus().length, arms: { ours: figures('ours'), tuned: figures('tuned'), defaults: figures('defaults') } }
  } finally {
    for (const arm of Object.values(started)) await arm.stop()
  }
}

async function idleTime(arm: ArmParts, times: number): Promise<number> {
  const play = async (count: number): Promise<number> => {
    const before = await umbrellas(arm.engine)
    await arm.submit(count)
    return ended(arm.engine, before + count)
  }
  await play(times)
  const values: number[] = []
  for (let index = 0; index < times; index++) values.push(await play(1))
  return quantile(values, 0.5)
}

/** A backlog that waits before the first worker starts. */
async function round(arm: ArmParts, cases: number): Promise<EnrolmentRound> {
  const before = await umbrellas(arm.engine)
  await arm.submit(cases)
  while (await umbrellas(arm.engine) < before + cases) await pause(100)
  const cost = async () => {
    const costs = await Promise.all(arm.databases.map(arm.database.cost))
    const sum = (of: (one: Cost) => number) => costs.reduce((total, one) => total + of(one), 0)
    return { statements: sum(one => one.statements), walBytes: sum(one => one.walBytes) }
  }
  const { postgres } = arm.database
  const from = { ...await cost(), postgres: cpuWithChildren(postgres.pid) }
  const since = cpuByName(arm.pids())
  const begun = Date.now()
  arm.startWorkers()
  await ended(arm.engine, before + cases)
  const perSecond = cases / ((Date.now() - begun) / 1000)
  const cpuOfEach = Object.fromEntries(Object.entries(since(arm.pids())).map(([name, seconds]) => [name, seconds / cases]))
  const to = { ...await cost(), postgres: cpuWithChildren(postgres.pid) }
  await arm.stopWorkers()
  return {
    perSecond, cpuOfEach, cpu: Object.values(cpuOfEach).reduce((sum, one) => sum + one, 0),
    postgres: (to.postgres - from.postgres) / cases,
    statements: (to.statements - from.statements) / cases, walBytes: (to.walBytes - from.walBytes) / cases
  }
}

/** Waits until so many umbrellas have ended; gives the milliseconds since the call. @throws Error when none ends any more */
async function ended(engine: Reachable, expected: number): Promise<number> {
  const begun = Date.now()
  for (let [last, since] = [-1, begun]; ;) {
    const now = await umbrellas(engine, '&completed=true')
    if (now >= expected) return Date.now() - begun
    if (now > last) [last, since] = [now, Date.now()]
    if (Date.now() - since > STANDSTILL_MS) throw new Error(`${expected - now} cases stand still`)
    await pause(25)
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
