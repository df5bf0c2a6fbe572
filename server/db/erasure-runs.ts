import type { Knex } from 'knex'
import type { RetentionKind } from '../../core/retention.ts'

export type ErasureState = 'proposed' | 'confirmed' | 'done' | 'rejected'

/** How far a run reaches for one kind. */
export interface ErasureReach {
  /** Everything whose period began before this business instant, ms. */
  readonly before: number
  /** So many there were at the proposal. */
  readonly due: number
  readonly erased: number
}

export type ErasurePlan = Readonly<Partial<Record<RetentionKind, ErasureReach>>>

export interface ErasureRun {
  readonly id: string
  readonly region: string
  readonly state: ErasureState
  readonly plan: ErasurePlan
  readonly proposed_by: string
  readonly proposed_at: number
  readonly decided_by: string | null
  readonly decided_at: number | null
  readonly done_at: number | null
}

type Row = Omit<ErasureRun, 'plan'> & { readonly plan: string }

const toRun = (row: Row): ErasureRun => ({ ...row, plan: JSON.parse(row.plan) as ErasurePlan })

export async function insertRun(db: Knex, run: ErasureRun): Promise<void> {
  await db('erasure_run').insert({ ...run, plan: JSON.stringify(run.plan) })
}

export async function findRun(db: Knex, region: string, id: string): Promise<ErasureRun | null> {
  const row = await db<Row>('erasure_run').where({ id, region }).first()
  return row ? toRun(row) : null
}

/** Runs of a region, the newest first. */
export async function listRuns(db: Knex, region: string, limit: number): Promise<ErasureRun[]> {
  return (await db<Row>('erasure_run').where({ region }).orderBy([{ column: 'proposed_at', order: 'desc' }, { column: 'id' }]).limit(limit)).map(toRun)
}

/** Runs that wait for a second person, or to be done, the oldest first. */
export async function findRunsIn(db: Knex, state: ErasureState): Promise<ErasureRun[]> {
  return (await db<Row>('erasure_run').where({ state }).orderBy([{ column: 'proposed_at' }, { column: 'id' }])).map(toRun)
}

/** Moves a run on; false = it is no longer in that state. */
export async function moveRun(db: Knex, id: string, from: ErasureState, patch: Partial<ErasureRun>): Promise<boolean> {
  const { plan, ...rest } = patch
  return await db('erasure_run').where({ id, state: from }).update({ ...rest, ...(plan && { plan: JSON.stringify(plan) }) }) === 1
}
