import type { Knex } from 'knex'

export interface ScenarioRun {
  readonly draft_id: string
  /** Version of the draft that was played. */
  readonly draft_version: number
  readonly state: 'running' | 'done' | 'failed'
  readonly done: number
  readonly total: number
  readonly result: string | null
  readonly started_by: string
  /** Real time, ms. */
  readonly started_at: number
  readonly finished_at: number | null
}

/** Puts a new run in the place of the draft's last one. */
export async function beginRun(db: Knex, run: ScenarioRun): Promise<void> {
  await db('scenario_run').insert(run).onConflict('draft_id').merge()
}

/** Writes how a run goes on; a run that another has replaced stays as it is. */
export async function updateRun(
  db: Knex, { draft_id, started_at }: Pick<ScenarioRun, 'draft_id' | 'started_at'>,
  change: Partial<Pick<ScenarioRun, 'state' | 'done' | 'total' | 'result' | 'finished_at'>>
): Promise<void> {
  await db('scenario_run').where({ draft_id, started_at }).update(change)
}

export async function findRun(db: Knex, draftId: string): Promise<ScenarioRun | null> {
  return await db<ScenarioRun>('scenario_run').where({ draft_id: draftId }).first() ?? null
}

/** Whether any draft is being played since a real instant (ms). */
export async function isAnyRunning(db: Knex, since: number): Promise<boolean> {
  return await db('scenario_run').where({ state: 'running' }).where('started_at', '>=', since).first('draft_id') !== undefined
}
