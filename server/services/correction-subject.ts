import type { Knex } from 'knex'
import { findIntervals } from '../db/clock-intervals.ts'
import type { Correction } from '../db/corrections.ts'
import { findCorrection } from '../db/corrections.ts'

export interface CorrectionSubject {
  /** Business key of the process that waits: the item, or the row of a declaration. */
  readonly key: string
  /** Its process is not to be told of it: it was never handed in, or a later one is asked for, whose wait it must not end. */
  readonly isOver: boolean
  /** The process has gone on with what was handed in; an engine that came out of a backup may not know it. */
  readonly isTaken: boolean
}

/** Whose process waits for a correction, and whether it still does. Null for an unknown correction. */
export async function correctionSubject(db: Knex, correctionId: string): Promise<CorrectionSubject | null> {
  const correction = await findCorrection(db, correctionId)
  if (!correction) return null
  const key = await subjectOfCorrection(db, correction)
  const stop = (await findIntervals(db, key)).find(({ reason }) => reason === correctionId)
  return {
    key, isOver: correction.status !== 'submitted' || await isFollowed(db, correction, key),
    isTaken: stop !== undefined && stop.ended_on !== null
  }
}

/** Whether another correction was asked for after this one, of the same item or row. */
async function isFollowed(db: Knex, { item_id, created_at }: Correction, key: string): Promise<boolean> {
  for (const later of await db<Correction>('correction').where({ item_id }).where('created_at', '>', created_at)) {
    if (await subjectOfCorrection(db, later) === key) return true
  }
  return false
}

/** Business key of the process that a correction belongs to. */
export async function subjectOfCorrection(
  db: Knex, { id, item_id }: Pick<Correction, 'id' | 'item_id'>
): Promise<string> {
  return await rowOfCorrection(db, id) ?? item_id
}

/** The row of a declaration that a correction (it has its decision's id) is about; null for the whole item. */
export async function rowOfCorrection(db: Knex, correctionId: string): Promise<string | null> {
  const task = await db('decision').join('work_item', 'work_item.id', 'decision.task_id')
    .where({ 'decision.id': correctionId }).first('work_item.row_id') as { row_id: string | null } | undefined
  return task?.row_id ?? null
}
