import express from 'express'
import type { ErrorRequestHandler, Express } from 'express'
import { checkSignature } from '../../core/callback-signature.ts'
import { AppError } from '../../core/errors.ts'
import type { ServerContext } from '../context.ts'
import { definitionsOf } from '../engine/definition-cache.ts'
import { createInstanceCache } from '../engine/instance-cache.ts'
import { reconcile } from '../engine/reconciler.ts'
import { traceRequests } from '../http/trace.ts'
import { nothingHere, sendProblem } from '../problem.ts'
import { pausedNames } from '../services/oversight/topic-pauses.ts'
import { setBusinessTime } from '../services/business-time.ts'
import { takeEvent } from '../services/callbacks.ts'
import type { DepartmentEvent } from '../services/callbacks.ts'
import { beginStep, failStep } from '../services/department-step.ts'
import { traceparentOfCase, withinCase } from '../services/case-trace.ts'
import { finishStep } from '../services/finish-step.ts'
import { runStep } from '../services/steps/run-step.ts'
import { bodies } from './bodies.ts'
import { createMetrics } from './metrics.ts'
import { requireWorker, workerOf } from './token.ts'

/**
 * The internal interface, on loopback: the workers' steps, the departments' call-backs, the clock of development, metrics.
 * Everything but metrics and call-backs needs a worker's token; call-backs are signed.
 */
export function createInternalApp(ctx: ServerContext): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  // A line for each of many thousand steps would drown the log; what fails is logged all the same.
  app.use(traceRequests(ctx.log.child({}, { level: 'warn' })))
  const metrics = createMetrics(ctx)
  app.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text())
  })
  app.use('/internal/v1/callbacks', callbackRoutes(ctx))
  app.use('/internal/v1', requireWorker(ctx.config.workerTokenSecret, ctx.clock.realNow), express.json({ limit: '1mb', strict: true }))
  app.use('/internal/v1/items/:id/steps/:topic', stepRoutes(ctx))
  app.use('/internal/v1', operatorRoutes(ctx))
  app.use(nothingHere, finalOrPassing, sendProblem)
  return app
}

function stepRoutes(ctx: ServerContext): express.Router {
  const router = express.Router({ mergeParams: true })
  router.post<Step>('/run', async (req, res) => {
    const { variables, ...task } = bodies.run(req.body)
    const input = { ...task, variables: primitives(variables), worker: workerOf(req) }
    const { id, topic } = req.params
    const given = await withinCase(ctx, id, { name: topic, kind: 'internal', attributes: { topic, subject: id } }, () => runStep(ctx, id, topic, input))
    const traceparent = await traceparentOfCase(ctx, id)
    res.json({ variables: given, ...(traceparent && { traceparent }) })
  })
  router.post<Step>('/begin', async (req, res) => {
    bodies.begin(req.body)
    res.json(await beginStep(ctx, req.params.id, req.params.topic))
  })
  router.post<Step>('/finish', async (req, res) => {
    res.json({ variables: await finishStep(ctx, req.params.id, req.params.topic, bodies.finish(req.body), workerOf(req)) })
  })
  router.post<Step>('/fail', async (req, res) => {
    await failStep(ctx, req.params.id, req.params.topic, bodies.fail(req.body), workerOf(req))
    res.status(204).end()
  })
  return router
}

interface Step extends Record<string, string> {
  readonly id: string
  readonly topic: string
}

/** Signed over the bytes as they came, so they are read as they came. */
function callbackRoutes(ctx: ServerContext): express.Router {
  const router = express.Router()
  router.post('/:department', express.raw({ type: () => true, limit: '100kb' }), async (req, res) => {
    const rawBody: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    checkSignature(ctx.config.departmentCallbackSecret, {
      timestamp: req.get('x-timestamp'), signature: req.get('x-signature'), rawBody
    }, ctx.clock.realNow())
    const department = String(req.params.department)
    const event = readEvent(rawBody)
    const answer = await ctx.tracer.within({
      name: `call-back ${event.type}`, kind: 'server', parent: req.get('traceparent') ?? null, attributes: { department }
    }, () => takeEvent(ctx, department, event, rawBody))
    res.status(answer === 'duplicate' ? 200 : 202).json({ status: answer })
  })
  return router
}

function operatorRoutes(ctx: ServerContext): express.Router {
  const router = express.Router()
  router.post('/clock', async (req, res) => {
    if (!ctx.config.isDevelopment) throw new AppError('NOT_FOUND')
    res.json(await setBusinessTime(ctx, bodies.clock(req.body).now))
  })
  router.get('/topics/paused', async (_req, res) => {
    res.json({ topics: await pausedNames(ctx) })
  })
  router.get('/reconcile', async (_req, res) => {
    res.json(await reconcile(ctx, { definitions: definitionsOf(ctx), instances: createInstanceCache(ctx.engine) }))
  })
  return router
}

function readEvent(rawBody: Buffer): DepartmentEvent {
  let body: unknown
  try {
    body = JSON.parse(rawBody.toString('utf8'))
  } catch (cause) {
    throw new AppError('JSON_INVALID', { cause })
  }
  return bodies.event(body)
}

function primitives(variables: Readonly<Record<string, unknown>>): Record<string, string | boolean | number> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) =>
    (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? [[name, value]] : [])))
}

/**
 * A worker repeats what is answered 5xx and gives a 4xx to a person. A fault in our own program comes again with every
 * repetition, so it is a conflict for a person; a database or an engine that is away is worth another try, and so is what the
 * error itself calls passing, such as a text sealed with a key that this server has yet to learn.
 */
const finalOrPassing: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  if (error instanceof AppError && error.status === 500 && error.retryAfter !== undefined) {
    return next(new AppError('SERVICE_UNAVAILABLE', { cause: error, retryAfter: error.retryAfter }))
  }
  const isOurs = error instanceof AppError ? error.status === 500
    : [TypeError, RangeError, SyntaxError, ReferenceError].some(type => error instanceof type) && !('status' in (error as object))
  if (isOurs) return next(new AppError('STEP_CONFLICT', { cause: error }))
  const isForeign = !(error instanceof AppError) && !('status' in ((error ?? {}) as object))
  next(isForeign ? new AppError('SERVICE_UNAVAILABLE', { cause: error, retryAfter: 2 }) : error)
}
