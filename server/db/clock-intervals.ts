import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Stop, StopKind } from '../../core/legal-clock.ts'
import { groupBy } from './group-by.ts'

export type IntervalKind = 'running' | StopKind

/** One stretch of an item's or a row's legal clock; dates are the first and the last day of it. */
export interface ClockInterval {
  readonly id: string
  readonly subject_id: string
  readonly kind: IntervalKind
  readonly started_on: string
  readonly ended_on: string | null
  /** Of a correction its id; of a special procedure the reason that the applicant was given in writing. */
  readonly reason: string | null
}

export interface NewInterval {
  readonly subjectId: string
  readonly kind: IntervalKind
  readonly startedOn: string
  readonly reason?: string
}

export async function openInterval(db: Knex, { subjectId, kind, startedOn, reason }: NewInterval): Promise<void> {
  await db('clock_interval').insert({ id: randomUUID(), subject_id: subjectId, kind, started_on: startedOn, reason: reason ?? null })
}

/** Ends the open intervals of a subject, only of one kind when it is given. */
export async function closeIntervals(db: Knex, subjectId: string, endedOn: string, kind?: IntervalKind): Promise<void> {
  await db('clock_interval').where({ subject_id: subjectId, ...(kind ? { kind } : {}) }).whereNull('ended_on').update({ ended_on: endedOn })
}

export function findIntervals(db: Knex, subjectId: string): Promise<ClockInterval[]> {
  return db<ClockInterval>('clock_interval').where({ subject_id: subjectId }).orderBy(['started_on', 'id'])
}

/** The intervals of several subjects in one query, by subject. */
export async function findIntervalsOf(db: Knex, subjectIds: readonly string[]): Promise<Map<string, ClockInterval[]>> {
  const rows = subjectIds.length
    ? await db<ClockInterval>('clock_interval').whereIn('subject_id', [...subjectIds]).orderBy(['started_on', 'id'])
    : []
  return groupBy(rows, interval => interval.subject_id)
}

/** The days that do not count, as the legal clock takes them. */
export function stopsOf(intervals: readonly ClockInterval[]): Stop[] {
  return intervals.flatMap(({ kind, started_on, ended_on }) => (kind === 'running' ? [] : [{ kind, startedOn: started_on, endedOn: ended_on }]))
}

/** 1 in the first round, one more after each correction that was handed in: part of every request id to a department. */
export function roundOf(intervals: readonly ClockInterval[]): number {
  return 1 + intervals.filter(({ kind, ended_on }) => kind === 'correction' && ended_on !== null).length
}
