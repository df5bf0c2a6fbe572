import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { sendPaper } from '../http/send-paper.ts'
import { handOverPaper, pickupResult } from '../services/intake/pickup-papers.ts'
import { handOver, viewPickup } from '../services/intake/pickup.ts'

/** 窗口出件: handing results out. That the task is of the asker's desk was checked by the guard. */
export function pickupRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/tasks/:id/pickup', async (req, res) => {
    res.json(await viewPickup(ctx, req.params.id))
  })

  router.get('/tasks/:id/results/:notice.pdf', async (req, res) => {
    const { paper, title } = await pickupResult(ctx, actorOf(req), req.params.id, req.params.notice)
    await sendPaper(res, paper, { title })
  })

  router.post('/tasks/:id/hand-over', async (req, res) => {
    const { collector, reading, way, signature, witness } = req.body
    res.json(await handOver(ctx, actorOf(req), req.params.id, { collector, reading, way, signature, witness }))
  })

  router.get('/tasks/:id/hand-over.pdf', async (req, res) => {
    await sendPaper(res, await handOverPaper(ctx, actorOf(req), req.params.id))
  })

  return router
}
