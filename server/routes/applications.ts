import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import { applicationOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import { givenVersion, requiredVersion, setVersion } from '../http/preconditions.ts'
import { traceOf } from '../http/trace.ts'
import { viewApplication } from '../services/application-view.ts'
import { createDraft, listApplications, removeDraft, requireDraft, requireVersion, saveDraft } from '../services/applications.ts'
import type { ApplicationInput } from '../services/applications.ts'
import { noteLook } from '../services/intake/note-look.ts'
import { submitApplication } from '../services/submit.ts'

const BASE = '/api/v1/applications'

/** Drafts, submission and the view of an application. Roles and ownership were checked by the guard. */
export function applicationRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/applications', async (req, res) => {
    const { cursor, limit } = req.query as { cursor?: string; limit?: string }
    res.json(await listApplications(ctx, actorOf(req), { cursor, limit: Number(limit ?? 20) }))
  })

  router.post('/applications', async (req, res) => {
    const draft = await createDraft(ctx, actorOf(req), req.body as ApplicationInput)
    setVersion(res, draft.version)
    res.status(201).location(`${BASE}/${draft.id}`).json(draft)
  })

  router.get('/applications/:id', async (req, res) => {
    const application = applicationOf(req)
    setVersion(res, application.version)
    await noteLook(ctx, actorOf(req), application)
    res.json(await viewApplication(ctx, actorOf(req), application))
  })

  router.put('/applications/:id', async (req, res) => {
    const application = applicationOf(req)
    requireDraft(application)
    const version = requiredVersion(req, application.version)
    const draft = await saveDraft(ctx, actorOf(req), application, version, req.body as ApplicationInput)
    setVersion(res, draft.version)
    res.json(draft)
  })

  router.delete('/applications/:id', async (req, res) => {
    const application = applicationOf(req)
    await removeDraft(ctx, application, application.status_draft ? requiredVersion(req, application.version) : 0)
    res.status(204).end()
  })

  router.post('/applications/:id/submit', async (req, res) => {
    const application = applicationOf(req)
    const version = givenVersion(req, application.version)
    if (version !== undefined && application.status_draft) requireVersion(application, version)
    const { confirmedNotices = [], declarationAccepted = false, signature = null } = req.body
    res.status(202).json(await submitApplication(ctx, actorOf(req), application, {
      confirmedNotices, declarationAccepted, signature, traceparent: traceOf(req).traceparent
    }))
  })

  return router
}
