import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { calendarImport, calendarState, proposeYear, publishYear, rejectYear } from '../services/oversight/calendar-import.ts'
import { declareOutage, finishOutage, outagesFor } from '../services/oversight/outages.ts'
import { decideErasure, proposeErasure, retentionState } from '../services/retention/runs.ts'
import { pausedView } from '../services/oversight/topic-names.ts'
import { pauseTopic, resumeTopic } from '../services/oversight/topic-pauses.ts'

/** What officers set while cases run: the calendar of working days, outages, topics that workers leave alone. */
export function operationsRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/calendar', async (_req, res) => {
    res.json(await calendarState(ctx))
  })

  router.post('/calendar/imports', async (req, res) => {
    res.status(201).json(await proposeYear(ctx, actorOf(req), req.body))
  })

  router.get('/calendar/imports/:import', async (req, res) => {
    res.json(await calendarImport(ctx, req.params.import))
  })

  router.post('/calendar/imports/:import/publish', async (req, res) => {
    res.json(await publishYear(ctx, actorOf(req), req.params.import))
  })

  router.post('/calendar/imports/:import/reject', async (req, res) => {
    res.json(await rejectYear(ctx, actorOf(req), req.params.import))
  })

  router.get('/outages', async (req, res) => {
    res.json(await outagesFor(ctx, actorOf(req)))
  })

  router.post('/outages', async (req, res) => {
    res.status(201).json(await declareOutage(ctx, actorOf(req), req.body))
  })

  router.post('/outages/:outage/end', async (req, res) => {
    res.json(await finishOutage(ctx, actorOf(req), req.params.outage))
  })

  router.get('/retention', async (req, res) => {
    res.json(await retentionState(ctx, actorOf(req)))
  })

  router.post('/retention/runs', async (req, res) => {
    res.status(201).json(await proposeErasure(ctx, actorOf(req)))
  })

  router.post('/retention/runs/:run/confirm', async (req, res) => {
    res.json(await decideErasure(ctx, actorOf(req), req.params.run, true))
  })

  router.post('/retention/runs/:run/reject', async (req, res) => {
    res.json(await decideErasure(ctx, actorOf(req), req.params.run, false))
  })

  router.get('/topics/paused', async (req, res) => {
    res.json(await pausedView(ctx, actorOf(req)))
  })

  router.post('/topics/:topic/pause', async (req, res) => {
    res.json(await pauseTopic(ctx, actorOf(req), req.params.topic, req.body.reason))
  })

  router.post('/topics/:topic/resume', async (req, res) => {
    res.json(await resumeTopic(ctx, actorOf(req), req.params.topic))
  })

  return router
}
