import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import { isSessionAlive } from '../auth/session.ts'
import type { ServerContext } from '../context.ts'
import { deskViews, removeDeskView, saveDeskView } from '../services/tasks/desk-views.ts'
import { countQueues, filterOptions } from '../services/tasks/list-tasks.ts'
import { taskStreamsOf } from '../services/tasks/task-stream.ts'

/** What surrounds the lists of a desk: counts, saved lists, and the notice that something changed. */
export function deskRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/tasks/counts', async (req, res) => {
    res.json({ counts: await countQueues(ctx, actorOf(req)) })
  })

  router.get('/tasks/filters', (req, res) => {
    res.json(filterOptions(ctx, actorOf(req)))
  })

  router.get('/tasks/views', async (req, res) => {
    res.json({ views: await deskViews(ctx, actorOf(req)) })
  })

  router.post('/tasks/views', async (req, res) => {
    res.status(201).json(await saveDeskView(ctx, actorOf(req), req.body))
  })

  router.delete('/tasks/views/:view', async (req, res) => {
    await removeDeskView(ctx, actorOf(req), req.params.view)
    res.status(204).end()
  })

  router.get('/tasks/stream', async (req, res) => {
    await taskStreamsOf(ctx).open(res, actorOf(req), () => isSessionAlive(req))
  })

  return router
}
