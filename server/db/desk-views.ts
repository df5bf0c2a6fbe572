import type { Knex } from 'knex'

/** A list of tasks that somebody saved under a name. */
export interface DeskView {
  readonly id: string
  readonly region: string
  readonly department: string
  readonly owner: string
  readonly name: string
  /** JSON: the query of the list. */
  readonly filters: string
  /** Seen by all of the department. */
  readonly is_shared: boolean
  readonly created_at: number
}

export async function insertDeskView(db: Knex, view: DeskView): Promise<void> {
  await db('desk_view').insert(view)
}

/** Somebody's own views and those that colleagues of the department share, oldest first. */
export async function listDeskViews(
  db: Knex, { region, department, owner }: Pick<DeskView, 'region' | 'department' | 'owner'>
): Promise<DeskView[]> {
  const rows = await db<DeskView>('desk_view').where({ region, department })
    .andWhere(any => any.where({ owner }).orWhere({ is_shared: true })).orderBy(['created_at', 'id'])
  return rows.map(row => ({ ...row, is_shared: Boolean(row.is_shared) }))
}

/** Removes a view of its owner; answers whether there was one. */
export async function deleteDeskView(db: Knex, id: string, owner: string): Promise<boolean> {
  return await db('desk_view').where({ id, owner }).delete() === 1
}
