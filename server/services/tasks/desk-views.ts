import { randomUUID } from 'node:crypto'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { deleteDeskView, insertDeskView, listDeskViews } from '../../db/desk-views.ts'
import { holderOf } from './desks.ts'
import type { TaskQuery } from './list-tasks.ts'
import { countTasks } from './list-tasks.ts'

type Filters = Omit<TaskQuery, 'cursor' | 'limit'>

export interface NewDeskView {
  readonly name: string
  readonly filters: Filters
  readonly isShared?: boolean
}

/** The saved lists of somebody's desk, own and shared, each with the number of tasks that the asker has in it now. */
export async function deskViews(ctx: ServerContext, actor: Actor) {
  const owner = holderOf(actor)
  const views = await listDeskViews(ctx.db, { ...placeOf(actor), owner })
  return Promise.all(views.map(async view => {
    const filters = JSON.parse(view.filters) as Filters
    const count = await countTasks(ctx, actor, filters)
    return { id: view.id, name: view.name, filters, isShared: view.is_shared, isMine: view.owner === owner, count }
  }))
}

/** Saves a list under a name, for oneself or for the department. */
export async function saveDeskView(
  ctx: ServerContext, actor: Actor, { name, filters, isShared = false }: NewDeskView
): Promise<{ id: string }> {
  const id = randomUUID()
  await insertDeskView(ctx.db, {
    id, ...placeOf(actor), owner: holderOf(actor), name: name.trim(), filters: JSON.stringify(filters), is_shared: isShared,
    created_at: ctx.clock.now()
  })
  return { id }
}

/** Removes an own list. Throws AppError NOT_FOUND (404) for another's. */
export async function removeDeskView(ctx: ServerContext, actor: Actor, id: string): Promise<void> {
  if (!await deleteDeskView(ctx.db, id, holderOf(actor))) throw new AppError('NOT_FOUND')
}

function placeOf({ region, department }: Actor): { region: string; department: string } {
  return { region: region ?? '', department: department ?? '' }
}
