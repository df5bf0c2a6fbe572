import { Router } from 'express'
import { ratingLevels, ratingReasons } from '../../core/ratings.ts'
import { actorOf } from '../auth/actor.ts'
import { applicationOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import { feedbackFor, replyToFeedback, takeFeedback } from '../services/feedback.ts'
import { badRatingsFor, followUp, ratingsOf, replyToRating } from '../services/rating-replies.ts'

const DEFAULT_LIMIT = 20

/** What becomes of ratings and of feedback. Whose they are to answer was checked by the guard. */
export function supervisionRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/rating-options', (_req, res) => {
    res.json({ levels: ratingLevels, reasons: ratingReasons })
  })

  router.get('/applications/:id/ratings', async (req, res) => {
    res.json({ ratings: await ratingsOf(ctx, applicationOf(req)) })
  })

  router.post('/applications/:id/ratings/:rating/follow-up', async (req, res) => {
    const subject = { application: applicationOf(req), ratingId: req.params.rating }
    res.status(201).json(await followUp(ctx, actorOf(req), subject, req.body))
  })

  router.get('/ratings', async (req, res) => {
    const { state, ...page } = req.query as { state?: string; after?: string; limit?: string }
    res.json({ ratings: await badRatingsFor(ctx, actorOf(req), { ...page, isOpen: state !== 'replied', limit: Number(page.limit ?? DEFAULT_LIMIT) }) })
  })

  router.post('/ratings/:id/reply', async (req, res) => {
    res.status(201).json(await replyToRating(ctx, actorOf(req), req.params.id, req.body.text))
  })

  router.get('/feedback', async (req, res) => {
    const query = req.query as { status?: string; after?: string; limit?: string }
    res.json({ feedback: await feedbackFor(ctx, actorOf(req), { ...query, limit: Number(query.limit ?? DEFAULT_LIMIT) }) })
  })

  router.post('/feedback/:id/take', async (req, res) => {
    res.json(await takeFeedback(ctx, actorOf(req), req.params.id))
  })

  router.post('/feedback/:id/reply', async (req, res) => {
    res.json(await replyToFeedback(ctx, actorOf(req), req.params.id, req.body.text))
  })

  return router
}
