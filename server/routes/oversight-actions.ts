import { Router } from 'express'
import { AppError } from '../../core/errors.ts'
import type { ActionSource } from '../../core/supervision.ts'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { draftAction } from '../services/oversight/action-draft.ts'
import { keepProof, readProof } from '../services/oversight/action-proof.ts'
import { acknowledgeAction, actionsFor, answerAction, checkAction, sendAction } from '../services/oversight/actions.ts'
import { alertsFor, markAlertsRead, subscribe, unsubscribe } from '../services/oversight/alerts.ts'
import { loadOf, moveLoad } from '../services/oversight/load.ts'
import { actionProposals } from '../services/oversight/proposals.ts'

type Query = Readonly<Record<string, string | undefined>>

/**
 * The ladder of supervision: what calls for an action, what it would say, sending it, answering it, looking at
 * the answer; and who has how much to do.
 */
export function oversightActionRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/sla/actions', async (req, res) => {
    const { state, applicationId, cursor, limit } = req.query as Query
    const page = { cursor, ...(limit && { limit: Number(limit) }) }
    res.json(await actionsFor(ctx, actorOf(req), { state: state as never, applicationId, ...page }))
  })

  router.get('/sla/load', async (req, res) => {
    res.json(await loadOf(ctx, actorOf(req), req.query))
  })

  router.post('/sla/load', async (req, res) => {
    res.json(await moveLoad(ctx, actorOf(req), req.body))
  })

  router.get('/sla/actions/proposals', async (req, res) => {
    res.json({ proposals: await actionProposals(ctx, actorOf(req)) })
  })

  router.get('/sla/actions/draft', async (req, res) => {
    const { source, sourceId, ...about } = req.query as Query
    if ((source === undefined) !== (sourceId === undefined)) throw new AppError('REQUEST_INVALID')
    const cause = source === undefined ? {} : { source: { kind: source as ActionSource, id: sourceId! } }
    res.json(await draftAction(ctx, actorOf(req), { ...about, ...cause }))
  })

  router.post('/sla/actions', async (req, res) => {
    res.status(201).json(await sendAction(ctx, actorOf(req), req.body))
  })

  router.post('/sla/actions/:action/acknowledge', async (req, res) => {
    res.json(await acknowledgeAction(ctx, actorOf(req), req.params.action))
  })

  router.post('/sla/actions/:action/answer', async (req, res) => {
    res.json(await answerAction(ctx, actorOf(req), req.params.action, req.body))
  })

  router.post('/sla/actions/:action/proof', async (req, res) => {
    const files = Array.isArray(req.files) ? req.files : []
    const file = files[0]
    if (!file || files.length > 1 || file.fieldname !== 'file' || file.size === 0) throw new AppError('FILE_REQUIRED')
    res.status(201).json(await keepProof(ctx, actorOf(req), req.params.action, { path: file.path, fileName: file.originalname }))
  })

  router.get('/sla/actions/:action/proof', async (req, res) => {
    const { bytes, mediaType, fileName } = await readProof(ctx, actorOf(req), req.params.action)
    // Never shown in place: whatever it is, it does not run under our name.
    res.attachment(fileName).set('Content-Type', mediaType).set('Content-Security-Policy', "default-src 'none'; sandbox").end(bytes)
  })

  router.post('/sla/actions/:action/check', async (req, res) => {
    res.json(await checkAction(ctx, actorOf(req), req.params.action, req.body))
  })

  alertRoutes(router, ctx)
  return router
}

/** What a supervisor has asked to be told of, and what was told. */
function alertRoutes(router: Router, ctx: ServerContext): void {
  router.get('/sla/alerts', async (req, res) => {
    res.json(await alertsFor(ctx, actorOf(req)))
  })

  router.post('/sla/alerts/read', async (req, res) => {
    await markAlertsRead(ctx, actorOf(req))
    res.status(204).end()
  })

  router.post('/sla/alerts/subscriptions', async (req, res) => {
    res.status(201).json(await subscribe(ctx, actorOf(req), req.body))
  })

  router.delete('/sla/alerts/subscriptions/:subscription', async (req, res) => {
    await unsubscribe(ctx, actorOf(req), req.params.subscription)
    res.status(204).end()
  })
}
