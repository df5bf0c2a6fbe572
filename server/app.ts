import express from 'express'
import type { Express, RequestHandler } from 'express'
import { guard, operationOf } from './auth/guard.ts'
import { createLoaders } from './auth/loaders.ts'
import { createIdentity } from './auth/oidc.ts'
import type { Identity } from './auth/oidc.ts'
import { acceptPlatformTokens } from './auth/platform-token.ts'
import { createSessionStore, openSessions } from './auth/session.ts'
import type { ServerContext } from './context.ts'
import { tidyUploads, uploadSettings } from './documents/uploads.ts'
import { readBody } from './http/body.ts'
import { neverCached, securityHeaders } from './http/headers.ts'
import { idempotent } from './http/idempotency.ts'
import { createLimits } from './http/limits.ts'
import { pageStyle } from './http/page.ts'
import { requestSecondsOf } from './http/request-metrics.ts'
import { refuseCrossSite, refuseOtherHosts } from './http/origin.ts'
import { traceRequests } from './http/trace.ts'
import { validateByContract } from './http/validator.ts'
import { operationsOf, readOpenApi } from './openapi.ts'
import { nothingHere, sendProblem } from './problem.ts'
import { readyChecks } from './ready.ts'
import { applicationRoutes } from './routes/applications.ts'
import { authRoutes } from './routes/auth.ts'
import { checkRoutes } from './routes/check.ts'
import { deskRoutes } from './routes/desk.ts'
import { definitionRoutes } from './routes/definitions.ts'
import { guideRoutes } from './routes/guide.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { intakeRoutes } from './routes/intake.ts'
import { itemActionRoutes } from './routes/item-actions.ts'
import { lintPageRoutes } from './routes/lint-pages.ts'
import { lookupRoutes } from './routes/lookup.ts'
import { materialRoutes } from './routes/materials.ts'
import { messageRoutes } from './routes/messages.ts'
import { operationsRoutes } from './routes/operations.ts'
import { oversightActionRoutes } from './routes/oversight-actions.ts'
import { oversightRoutes } from './routes/oversight.ts'
import { paperRoutes } from './routes/papers.ts'
import { pickupRoutes } from './routes/pickup.ts'
import { regionRoutes } from './routes/regions.ts'
import { studioRoutes } from './routes/studio.ts'
import { supervisionRoutes } from './routes/supervision.ts'
import { taskWorkRoutes } from './routes/task-work.ts'
import { taskRoutes } from './routes/tasks.ts'
import { webRoutes } from './routes/web.ts'

/**
 * The public application: web and interface on PORT. The order of refusal of the contract is the order of the middleware:
 * who asks (401, 403), whose it is (404), what was sent (400), then the routes (409, 422).
 */
export function createApp(ctx: ServerContext, identity: Identity = createIdentity(ctx.config)): Express {
  const { config, log } = ctx
  const isSecure = config.publicUrl.startsWith('https:')
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  app.enable('strict routing')
  // https ends at a proxy, on the same machine unless another is named; nobody else may say where a request comes from.
  app.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : isSecure ? 'loopback' : false)

  app.use(traceRequests(log, { tracer: ctx.tracer, operationOf, seconds: requestSecondsOf(ctx) }), securityHeaders(isSecure))
  app.use(refuseOtherHosts(config.publicUrl), refuseCrossSite(config.publicUrl))
  app.use(healthRoutes(config.readyRequires, readyChecks(ctx, identity)))
  app.use(pageStyle(), homeRoutes(ctx), lintPageRoutes(), checkRoutes(ctx), guideRoutes(ctx), webRoutes())
  app.use('/api', neverCached, ...openSessions(config, createSessionStore(ctx.db, log)), acceptPlatformTokens(config, ctx.crypto, ctx.regions))
  app.use(guard(operationsOf(readOpenApi()), createLoaders(ctx)))
  app.use(limited(), ...readBody(), tidyUploads)
  app.use(validateByContract({ checksAnswers: config.isDevelopment, uploads: uploadSettings(config.dataDir) }))
  app.use(idempotent(ctx))
  app.use('/api/v1', authRoutes(ctx, identity), regionRoutes(ctx), applicationRoutes(ctx), materialRoutes(ctx), paperRoutes(ctx),
    itemActionRoutes(ctx), intakeRoutes(ctx), deskRoutes(ctx), taskRoutes(ctx), taskWorkRoutes(ctx), pickupRoutes(ctx),
    lookupRoutes(ctx), messageRoutes(ctx), supervisionRoutes(ctx), oversightRoutes(ctx), oversightActionRoutes(ctx),
    operationsRoutes(ctx), definitionRoutes(ctx), studioRoutes(ctx))
  app.use(nothingHere, sendProblem)
  return app
}

/** The bound of the operation that the guard admitted the request to. */
function limited(): RequestHandler {
  const limits = createLimits()
  return (req, res, next) => {
    const limit = limits.get(operationOf(req)?.id ?? '')
    if (limit) limit(req, res, next)
    else next()
  }
}
