import type { Knex } from 'knex'
import { NEVER } from '../../core/dates.ts'

export type WorkItemState = 'open' | 'decided' | 'completed' | 'cancelled'

/** Read model of one user task; the id is the engine's. Instants are business milliseconds UTC. */
export interface WorkItem {
  readonly id: string
  readonly application_id: string
  readonly item_id: string | null
  readonly row_id: string | null
  readonly region: string
  readonly slug: string | null
  /** Candidate group. */
  readonly department: string
  /** Six digits. */
  readonly division: string | null
  readonly name: string
  readonly kind: string
  readonly activity_id: string
  readonly process_definition_id: string
  readonly process_instance_id: string
  /** JSON [{value, label}]. */
  readonly decisions: string
  readonly assignee: string | null
  readonly delegated_from: string | null
  /** The end of 9999 for a task without a due date, so that one index orders all. */
  readonly due_at: number
  readonly created_at: number
  readonly state: WorkItemState
  readonly version: number
  readonly draft_enc: string | null
  /** Rule of the review table that sent the case to a person. */
  readonly rule_id: string | null
  readonly updated_at: number
  readonly ended_at: number | null
}

export type NewWorkItem = Omit<WorkItem, 'assignee' | 'delegated_from' | 'state' | 'version' | 'draft_enc' | 'updated_at' | 'ended_at' | 'due_at'>
  & { readonly due_at: number | null }

/** The task as seen by whoever changes it: `where` names what must still be true for the change to happen. */
type Change = Partial<Pick<WorkItem, 'assignee' | 'delegated_from' | 'division' | 'due_at' | 'state' | 'draft_enc' | 'ended_at'>>

export async function findWorkItem(db: Knex, id: string): Promise<WorkItem | null> {
  return await db<WorkItem>('work_item').where({ id }).first() ?? null
}

export function findWorkItemsOfApplication(db: Knex, applicationId: string): Promise<WorkItem[]> {
  return db<WorkItem>('work_item').where({ application_id: applicationId }).orderBy(['created_at', 'id'])
}

/** Tasks that are stored already, with their state. */
export async function findKnownWorkItems(
  db: Knex, ids: readonly string[]
): Promise<Map<string, Pick<WorkItem, 'id' | 'state'>>> {
  const rows = ids.length ? await db<WorkItem>('work_item').whereIn('id', [...ids]).select('id', 'state') : []
  return new Map(rows.map(row => [row.id, row]))
}

/** Stores tasks that are new; one that is stored already stays as it is, so an older reading never wins. */
export async function addWorkItems(db: Knex, items: readonly NewWorkItem[], at: number): Promise<void> {
  for (let start = 0; start < items.length; start += 30) {
    const rows = items.slice(start, start + 30).map(item => ({
      ...item, due_at: item.due_at ?? NEVER, state: 'open', version: 1, updated_at: at
    }))
    await db('work_item').insert(rows).onConflict('id').ignore()
  }
}

/** Notes that the engine has no such task any more. Only an open or decided one can end; returns whether this one did. */
export async function endWorkItem(
  db: Knex, id: string, { isCompleted, endedAt }: { isCompleted: boolean; endedAt: number }, at: number
): Promise<boolean> {
  const patch = { state: isCompleted ? 'completed' : 'cancelled', ended_at: endedAt, updated_at: at, version: db.raw('version + 1') }
  return await db('work_item').where({ id }).whereIn('state', ['open', 'decided']).update(patch) === 1
}

/** Changes a task only if it still is as expected: of two who try at once exactly one succeeds. Answers whether it did. */
export async function changeWorkItem(
  db: Knex, id: string, expected: Partial<Pick<WorkItem, 'assignee' | 'state'>>, change: Change, at: number
): Promise<boolean> {
  const changed = await db('work_item').where({ id, ...expected }).update({ ...change, updated_at: at, version: db.raw('version + 1') })
  return changed === 1
}

/** Sets until when the open reviews of an item, or of a row, are to be done. */
export async function dateOpenReviews(db: Knex, subjectId: string, dueAt: number, at: number): Promise<void> {
  await db('work_item').where({ state: 'open', kind: 'review' })
    .andWhere(own => own.where({ row_id: subjectId }).orWhere(whole => whole.where({ item_id: subjectId }).whereNull('row_id')))
    .update({ due_at: dueAt, updated_at: at, version: db.raw('version + 1') })
}

/** Says that the open tasks of these items are no longer what somebody saw of them. */
export async function markOpenChanged(db: Knex, itemIds: readonly string[], at: number): Promise<void> {
  await db('work_item').whereIn('item_id', [...itemIds]).where({ state: 'open' }).update({ updated_at: at, version: db.raw('version + 1') })
}

/** Ids of open tasks, page by page in the order of their ids. */
export function listOpenIds(db: Knex, afterId: string, limit: number): Promise<Pick<WorkItem, 'id' | 'state'>[]> {
  return db<WorkItem>('work_item').whereIn('state', ['open', 'decided']).where('id', '>', afterId)
    .orderBy('id').limit(limit).select('id', 'state')
}

/** Says of which version of its process the open tasks of an instance are, after it was migrated. */
export async function moveWorkItems(db: Knex, instanceId: string, definitionId: string): Promise<void> {
  await db('work_item').where({ process_instance_id: instanceId, ended_at: null }).update({ process_definition_id: definitionId })
}

/** Lets whoever watches the lists hear that something was written beside a task; the task itself stays as it was. */
export async function touchWorkItem(db: Knex, id: string, at: number): Promise<void> {
  await db('work_item').where({ id }).update({ updated_at: at })
}
