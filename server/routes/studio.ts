import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { requiredVersion, setVersion } from '../http/preconditions.ts'
import { choicesFor } from '../services/studio/choices.ts'
import { createDraft, discardDraft, draftFor, draftsFor, lintDraft, revisionsOf, saveDraft } from '../services/studio/drafts.ts'
import { evaluateDraft } from '../services/studio/evaluate.ts'
import { formsOf } from '../services/studio/forms.ts'
import { heldSeeds } from '../services/studio/held-seeds.ts'
import { impactOf } from '../services/studio/impact.ts'
import { migrateCases } from '../services/studio/migration.ts'
import { outlineOf } from '../services/studio/outline.ts'
import { approveRelease, requestRelease, returnDraft, rollBack } from '../services/studio/release.ts'
import { scenariosOf, startScenarios } from '../services/studio/scenarios/runs.ts'
import { releasesFor, versionsOf } from '../services/studio/versions.ts'

/** The designers' studio: drafts of the models in force, what is wrong with them, what they would change, their release. */
export function studioRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  draftRoutes(router, ctx)

  router.post('/drafts/:draft/release', async (req, res) => {
    res.json(await requestRelease(ctx, actorOf(req), req.params.draft, req.body.reason))
  })

  router.post('/drafts/:draft/return', async (req, res) => {
    res.json(await returnDraft(ctx, actorOf(req), req.params.draft))
  })

  router.post('/drafts/:draft/approve', async (req, res) => {
    res.status(201).json(await approveRelease(ctx, actorOf(req), req.params.draft))
  })

  router.get('/held-seeds', async (req, res) => {
    res.json(await heldSeeds(ctx, actorOf(req)))
  })

  router.get('/releases', async (req, res) => {
    res.json(await releasesFor(ctx, actorOf(req)))
  })

  router.get('/definitions/:key/versions', async (req, res) => {
    res.json(await versionsOf(ctx, actorOf(req), req.params.key))
  })

  router.get('/definitions/:key/versions/:version/outline', async (req, res) => {
    res.json(await outlineOf(ctx, actorOf(req), req.params.key, Number(req.params.version)))
  })

  router.post('/definitions/:key/roll-back', async (req, res) => {
    res.status(201).json(await rollBack(ctx, actorOf(req), req.params.key, req.body))
  })

  router.post('/migrations', async (req, res) => {
    res.json(await migrateCases(ctx, actorOf(req), req.body))
  })

  return router
}

function draftRoutes(router: Router, ctx: ServerContext): void {
  router.get('/drafts', async (req, res) => {
    res.json(await draftsFor(ctx, actorOf(req)))
  })

  router.post('/drafts', async (req, res) => {
    const draft = await createDraft(ctx, actorOf(req), req.body)
    setVersion(res, draft.version)
    res.status(201).location(`/api/v1/drafts/${draft.id}`).json(draft)
  })

  router.get('/drafts/:draft', async (req, res) => {
    const draft = await draftFor(ctx, actorOf(req), req.params.draft)
    setVersion(res, draft.version)
    res.json(draft)
  })

  router.put('/drafts/:draft', async (req, res) => {
    const current = await draftFor(ctx, actorOf(req), req.params.draft)
    const version = requiredVersion(req, current.version)
    const draft = await saveDraft(ctx, actorOf(req), req.params.draft, { xml: req.body.xml, version })
    setVersion(res, draft.version)
    res.json(draft)
  })

  router.delete('/drafts/:draft', async (req, res) => {
    await discardDraft(ctx, actorOf(req), req.params.draft)
    res.status(204).end()
  })

  router.get('/drafts/:draft/revisions', async (req, res) => {
    res.json(await revisionsOf(ctx, actorOf(req), req.params.draft))
  })

  router.post('/drafts/:draft/lint', async (req, res) => {
    res.json(await lintDraft(ctx, actorOf(req), req.params.draft))
  })

  router.get('/drafts/:draft/choices', async (req, res) => {
    res.json(await choicesFor(ctx, actorOf(req), req.params.draft))
  })

  router.get('/drafts/:draft/forms', async (req, res) => {
    res.json(await formsOf(ctx, actorOf(req), req.params.draft))
  })

  router.post('/drafts/:draft/evaluate', async (req, res) => {
    res.json(await evaluateDraft(ctx, actorOf(req), req.params.draft, req.body.inputs))
  })

  router.post('/drafts/:draft/scenarios', async (req, res) => {
    res.status(202).json(await startScenarios(ctx, actorOf(req), req.params.draft))
  })

  router.get('/drafts/:draft/scenarios', async (req, res) => {
    res.json(await scenariosOf(ctx, actorOf(req), req.params.draft))
  })

  router.post('/drafts/:draft/impact', async (req, res) => {
    res.json(await impactOf(ctx, actorOf(req), req.params.draft))
  })
}
