import { Router } from 'express'
import { findActor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { lookupNumberLimit } from '../http/limits.ts'
import { keepFeedback, lookUpFeedback } from '../services/feedback.ts'
import { lookUp } from '../services/lookup.ts'

/** What anybody may do without a login: look a case up by number and mobile, and say what they think of the site. */
export function lookupRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/lookup', lookupNumberLimit(), async (req, res) => {
    const { number, mobileLast4 } = req.query as { number: string; mobileLast4: string }
    res.json(await lookUp(ctx, number, mobileLast4))
  })

  router.post('/feedback', async (req, res) => {
    res.status(201).json(await keepFeedback(ctx, findActor(req), req.body))
  })

  router.get('/feedback/lookup', lookupNumberLimit(), async (req, res) => {
    const { number, mobileLast4 } = req.query as { number: string; mobileLast4: string }
    res.json(await lookUpFeedback(ctx, number, mobileLast4))
  })

  return router
}
