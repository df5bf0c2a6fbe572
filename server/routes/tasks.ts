import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import { findWorkItem } from '../db/work-items.ts'
import { completeInBulk } from '../services/tasks/bulk-complete.ts'
import { bulkTasks } from '../services/tasks/bulk-tasks.ts'
import { claimTask, takeNextTask, unclaimTask } from '../services/tasks/claim-task.ts'
import { completeTask } from '../services/tasks/complete-task.ts'
import { isGreen } from '../services/tasks/green-task.ts'
import { listTasks } from '../services/tasks/list-tasks.ts'
import type { TaskQuery } from '../services/tasks/list-tasks.ts'
import { readTaskDraft, saveTaskDraft } from '../services/tasks/task-draft.ts'
import { taskView } from '../services/tasks/task-view.ts'
import { undoTask } from '../services/tasks/undo-task.ts'

/** The clerks' desk. Roles, and whether a task is of the asker's desk, were checked by the guard. */
export function taskRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/tasks', async (req, res) => {
    const { limit, ...query } = req.query as Omit<TaskQuery, 'limit'> & { limit?: string }
    const page = await listTasks(ctx, actorOf(req), { ...query, ...(limit === undefined ? {} : { limit: Number(limit) }) })
    res.json({ ...page, asOf: formatInstant(ctx.clock.now()) })
  })

  router.post('/tasks/next', async (req, res) => {
    const task = await takeNextTask(ctx, actorOf(req), req.body?.filters ?? {})
    if (task) res.json(await taskView(ctx, task))
    else res.status(204).end()
  })

  router.post('/tasks/bulk', async (req, res) => {
    const { action, taskIds } = req.body
    const results = action === 'complete'
      ? await completeInBulk(ctx, actorOf(req), taskIds, { isGreen: task => isGreen(ctx, task) })
      : await bulkTasks(ctx, actorOf(req), action, taskIds)
    res.json({ results })
  })

  router.get('/tasks/:id', async (req, res) => {
    const task = await findWorkItem(ctx.db, req.params.id)
    if (!task) throw new AppError('NOT_FOUND')
    const isMine = task.assignee !== null && task.assignee === actorOf(req).account
    res.json({ ...await taskView(ctx, task), state: task.state, draft: isMine ? readTaskDraft(ctx, task) : null })
  })

  router.post('/tasks/:id/claim', async (req, res) => {
    res.json(await taskView(ctx, await claimTask(ctx, actorOf(req), req.params.id)))
  })

  router.post('/tasks/:id/unclaim', async (req, res) => {
    res.json(await taskView(ctx, await unclaimTask(ctx, actorOf(req), req.params.id)))
  })

  router.put('/tasks/:id/draft', async (req, res) => {
    res.json(await taskView(ctx, await saveTaskDraft(ctx, actorOf(req), req.params.id, req.body)))
  })

  router.post('/tasks/:id/complete', async (req, res) => {
    res.json(await completeTask(ctx, actorOf(req), req.params.id, req.body))
  })

  router.post('/tasks/:id/undo', async (req, res) => {
    res.json(await taskView(ctx, await undoTask(ctx, actorOf(req), req.params.id)))
  })

  return router
}
