import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'

/** Ledger of what was asked of the departments; the id is the request id, constant over all repetitions. */
export interface DepartmentCall {
  readonly id: string
  /** Application, item or row on whose behalf the department is asked. */
  readonly subject_id: string
  readonly application_id: string
  readonly item_id: string | null
  readonly topic: string
  readonly department: string
  readonly round: number
  readonly attempts: number
  readonly status: 'open' | 'done' | 'failed'
  readonly outcome: string | null
  readonly receipt_number: string | null
  readonly receipt_issued_at: number | null
  readonly payload_hash: string | null
  readonly response_hash: string | null
  readonly result_enc: string | null
  readonly traceparent: string | null
  readonly created_at: number
  readonly updated_at: number
}

export type NewCall = Pick<DepartmentCall,
  'id' | 'subject_id' | 'application_id' | 'item_id' | 'topic' | 'department' | 'round' | 'traceparent'>
export type CallPatch = Partial<Pick<DepartmentCall,
  'status' | 'outcome' | 'receipt_number' | 'receipt_issued_at' | 'payload_hash' | 'response_hash' | 'result_enc'>>

export interface Attempt {
  readonly number: number
  /** Real instants, ms. */
  readonly startedAt: number
  readonly finishedAt: number | null
  /** ok or an error code. */
  readonly result: string
  readonly httpStatus: number | null
}

/** Opens a call, or finds it as it was left; either way this counts as one more beginning. */
export async function beginCall(db: Knex, call: NewCall, at: number): Promise<DepartmentCall> {
  const [begun] = await db('department_call')
    .insert({ ...call, attempts: 1, status: 'open', created_at: at, updated_at: at })
    .onConflict('id').merge({
      attempts: db.raw('department_call.attempts + 1'),
      updated_at: at,
      // What had failed for good is begun again only when a person has let it go on.
      status: db.raw("case department_call.status when 'failed' then 'open' else department_call.status end")
    })
    .returning<DepartmentCall[]>('*')
  return begun!
}

export async function findCall(db: Knex, id: string): Promise<DepartmentCall | null> {
  return await db<DepartmentCall>('department_call').where({ id }).first() ?? null
}

export function findCallsOfApplication(db: Knex, applicationId: string): Promise<DepartmentCall[]> {
  return db<DepartmentCall>('department_call').where({ application_id: applicationId }).orderBy(['created_at', 'id'])
}

/** The last call of each subject that is not done. */
export async function findOpenCalls(db: Knex, subjectIds: readonly string[]): Promise<Map<string, DepartmentCall>> {
  const calls = subjectIds.length === 0 ? [] : await db<DepartmentCall>('department_call')
    .whereIn('subject_id', [...subjectIds]).whereNot({ status: 'done' }).orderBy(['created_at', 'id'])
  return new Map(calls.map(call => [call.subject_id, call]))
}

/** Calls that were begun more than once and are not done, those that were begun most often first. */
export function findStrugglingCalls(db: Knex, limit: number): Promise<DepartmentCall[]> {
  return struggling(db).orderBy([{ column: 'attempts', order: 'desc' }, { column: 'id' }]).limit(limit) as unknown as Promise<DepartmentCall[]>
}

/** By item of one application, the system (slug) that is asked again and again for it. */
export async function findStrugglesOf(db: Knex, applicationId: string): Promise<Map<string, string>> {
  const calls = await struggling(db).where({ application_id: applicationId }).select('item_id', 'department') as
    { item_id: string | null; department: string }[]
  return new Map(calls.flatMap(({ item_id, department }) => item_id === null ? [] : [[item_id, department] as const]))
}

export interface Struggle {
  readonly department: string
  /** Open items that wait for it. */
  readonly items: number
  /** When the first of their calls began, a business instant in ms. */
  readonly since: number
}

/** The systems that are asked again and again for open items of a remit. */
export async function countStruggles(db: Knex, remit: Remit): Promise<Struggle[]> {
  const rows = await atRemit(struggling(db).join('item', 'item.id', 'department_call.item_id'), remit, 'item')
    .whereNull('item.decided_at').groupBy('department_call.department').orderBy('department_call.department')
    .select({ department: 'department_call.department' }).countDistinct({ items: 'item.id' }).min({ since: 'department_call.created_at' })
  return (rows as Record<keyof Struggle, string>[])
    .map(({ department, items, since }) => ({ department, items: Number(items), since: Number(since) }))
}

function struggling(db: Knex): Knex.QueryBuilder {
  return db('department_call').where({ 'department_call.status': 'open' }).where('department_call.attempts', '>', 1)
}

export async function updateCall(db: Knex, id: string, patch: CallPatch, at: number): Promise<void> {
  await db('department_call').where({ id }).update({ ...patch, updated_at: at })
}

/** Ends an open call of this subject and step, and answers it as it then is; null when there is none, or it is done already. */
export async function closeCall(
  db: Knex, { id, subject_id, topic }: Pick<DepartmentCall, 'id' | 'subject_id' | 'topic'>, patch: CallPatch, at: number
): Promise<DepartmentCall | null> {
  const [closed] = await db<DepartmentCall>('department_call').where({ id, subject_id, topic }).whereNot({ status: 'done' })
    .update({ ...patch, status: 'done', updated_at: at }).returning('*') as DepartmentCall[]
  return closed ?? null
}

/**
 * Adds attempts that are not stored yet, numbered on from the last; returns how many were added. Of a call that was begun once
 * none can be stored: a failure is told before the call is begun again.
 */
export async function addAttempts(
  db: Knex, requestId: string, attempts: readonly Omit<Attempt, 'number'>[], isBegunOnce = false
): Promise<number> {
  const known = isBegunOnce ? [] : await db('department_attempt').where({ request_id: requestId }).select('started_at', 'number') as
    { started_at: number; number: number }[]
  const starts = new Set(known.map(({ started_at }) => started_at))
  const fresh = attempts.filter(({ startedAt }) => !starts.has(startedAt))
  const last = Math.max(0, ...known.map(({ number }) => number))
  if (fresh.length > 0) {
    await db('department_attempt').insert(fresh.map(({ startedAt, finishedAt, result, httpStatus }, index) => ({
      id: randomUUID(), request_id: requestId, number: last + index + 1, started_at: startedAt, finished_at: finishedAt,
      result, http_status: httpStatus
    })))
  }
  return fresh.length
}

export async function findAttempts(db: Knex, requestId: string): Promise<Attempt[]> {
  const rows = await db('department_attempt').where({ request_id: requestId }).orderBy('number')
  return rows.map(row => ({
    number: row.number, startedAt: row.started_at, finishedAt: row.finished_at, result: row.result, httpStatus: row.http_status
  }))
}
