import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import { applicationOf, itemOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import { submitCorrection } from '../services/correction.ts'
import { rate } from '../services/rating.ts'
import { withdraw } from '../services/withdraw.ts'

/** What an applicant does after submission: correct, withdraw, rate. */
export function itemActionRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.post('/applications/:id/withdraw', async (req, res) => {
    res.status(202).json(await withdraw(ctx, actorOf(req), applicationOf(req), { slug: null, reason: req.body?.reason }))
  })

  router.post('/applications/:id/items/:slug/withdraw', async (req, res) => {
    const { slug } = itemOf(req)
    res.status(202).json(await withdraw(ctx, actorOf(req), applicationOf(req), { slug, reason: req.body?.reason }))
  })

  router.post('/applications/:id/rating', async (req, res) => {
    res.status(201).json(await rate(ctx, actorOf(req), { application: applicationOf(req), item: null }, req.body))
  })

  router.post('/applications/:id/items/:slug/rating', async (req, res) => {
    res.status(201).json(await rate(ctx, actorOf(req), { application: applicationOf(req), item: itemOf(req) }, req.body))
  })

  router.post('/applications/:id/items/:slug/correction', async (req, res) => {
    const { correctionId, fields = {}, materials = [] } = req.body
    const subject = { application: applicationOf(req), item: itemOf(req) }
    res.status(202).json(await submitCorrection(ctx, actorOf(req), subject, { correctionId, fields, materials }))
  })

  return router
}
