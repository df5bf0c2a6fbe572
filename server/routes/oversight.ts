import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { XLSX_TYPE } from '../documents/xlsx.ts'
import { slaAttribution } from '../services/oversight/attribution.ts'
import { auditEvents, verifyAudit } from '../services/oversight/audit-log.ts'
import { exportItems } from '../services/oversight/export.ts'
import type { ExportFormat } from '../services/oversight/export.ts'
import { slaForecast } from '../services/oversight/forecast.ts'
import { processHeat } from '../services/oversight/heat.ts'
import { incidentsFor, retryIncident } from '../services/oversight/incidents.ts'
import { slaQuality } from '../services/oversight/quality.ts'
import { slaItems } from '../services/oversight/sla-items.ts'
import { slaSummary } from '../services/oversight/sla-summary.ts'
import { pendingTimers } from '../services/oversight/timers.ts'
import { slaTrend } from '../services/oversight/trend.ts'
import { workersView } from '../services/oversight/topic-names.ts'

type Query = Readonly<Record<string, string | undefined>>

const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv; charset=utf-8', xlsx: XLSX_TYPE }

/** What supervisors and auditors see and do. Each answer is cut to the actor's region, department and divisions. */
export function oversightRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  clockRoutes(router, ctx)

  router.get('/audit', async (req, res) => {
    const { limit, ...query } = req.query as Query
    res.json(await auditEvents(ctx, actorOf(req), { ...query, ...(limit && { limit: Number(limit) }) }))
  })

  router.get('/audit/verify', async (req, res) => {
    // Nobody reads what is found after the page was closed.
    const gone = new AbortController()
    res.on('close', () => gone.abort())
    const { applicationId } = req.query as Query
    const verdict = await verifyAudit(ctx, actorOf(req), applicationId, gone.signal).catch(unlessAborted(gone.signal))
    if (verdict) res.json(verdict)
  })

  router.get('/workers', async (req, res) => {
    res.json(await workersView(ctx, actorOf(req)))
  })

  router.get('/incidents', async (req, res) => {
    res.json(await incidentsFor(ctx, actorOf(req)))
  })

  router.post('/incidents/:incident/retry', async (req, res) => {
    res.json(await retryIncident(ctx, actorOf(req), req.params.incident))
  })

  return router
}

function clockRoutes(router: Router, ctx: ServerContext): void {
  router.get('/sla/summary', async (req, res) => {
    res.json(await slaSummary(ctx, actorOf(req)))
  })

  router.get('/sla/trend', async (req, res) => {
    res.json(await slaTrend(ctx, actorOf(req), req.query))
  })

  router.get('/sla/quality', async (req, res) => {
    res.json(await slaQuality(ctx, actorOf(req), req.query))
  })

  router.get('/sla/items', async (req, res) => {
    const { limit, ...query } = req.query as Query
    res.json(await slaItems(ctx, actorOf(req), { ...query, ...(limit && { limit: Number(limit) }) }))
  })

  router.get('/sla/heat/:key/versions/:version', async (req, res) => {
    res.json(await processHeat(ctx, actorOf(req), req.params.key, Number(req.params.version)))
  })

  router.get('/sla/timers', async (req, res) => {
    const { limit } = req.query as Query
    res.json(await pendingTimers(ctx, actorOf(req), limit === undefined ? undefined : Number(limit)))
  })

  router.get('/sla/forecast', async (req, res) => {
    res.json(await slaForecast(ctx, actorOf(req)))
  })

  router.get('/sla/attribution', async (req, res) => {
    res.json(await slaAttribution(ctx, actorOf(req), (req.query as Query).applicationId))
  })

  for (const [format, type] of Object.entries(EXPORT_TYPES)) {
    router.get(`/sla/export.${format}`, async (req, res) => {
      const write = await exportItems(ctx, actorOf(req), { ...req.query as Query, format: format as ExportFormat })
      res.attachment(`在办事项-${ctx.clock.today()}.${format}`).type(type)
      await write(res)
    })
  }
}

const unlessAborted = ({ aborted }: AbortSignal) => (error: unknown): undefined => {
  if (!aborted) throw error
}
