import type { Knex } from 'knex'
import { hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask } from '../../auth/visibility.ts'
import { isAsked } from '../../db/task-remarks.ts'
import { findWorkItemsOfApplication } from '../../db/work-items.ts'

/**
 * For which work somebody looks at a case. `task-review`, `task-pickup`, `task-other`: holds a task of it; `consultation`: was
 * asked for an opinion; `window-case`: at a counter; `desk-reading`: belongs to a desk that has or had a task of it.
 */
export interface ViewingPurpose {
  readonly purpose: `task-${string}` | 'consultation' | 'window-case' | 'desk-reading'
  /** The task that is the reason. */
  readonly taskId?: string
}

/** Why a member of the staff may be looking at an application now, by what lies on the own desk; never by what is claimed. */
export async function viewingPurpose(db: Knex, actor: Actor, applicationId: string): Promise<ViewingPurpose> {
  const open = (await findWorkItemsOfApplication(db, applicationId)).filter(task => task.state === 'open' && canSeeTask(actor, task))
  const held = actor.account === null ? undefined : open.find(({ assignee }) => assignee === actor.account)
  if (held) return { purpose: `task-${held.kind}`, taskId: held.id }
  for (const { id } of open) {
    if (actor.account !== null && await isAsked(db, id, actor.account)) return { purpose: 'consultation', taskId: id }
  }
  return { purpose: hasRole(actor, 'window') ? 'window-case' : 'desk-reading' }
}
