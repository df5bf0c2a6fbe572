import { Router } from 'express'

/** Whether one part that the server depends on is there; a rejection counts as not. */
export type ReadyCheck = () => Promise<boolean>

/**
 * `/healthz`: the process answers. `/readyz`: 200 once every required part is there, else 503 with the parts that are waited for.
 * A required part without a check is never ready, so that a misspelt one is seen.
 */
export function healthRoutes(required: readonly string[], checks: Readonly<Record<string, ReadyCheck>>): Router {
  const router = Router()

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })

  router.get('/readyz', async (_req, res) => {
    const states = await Promise.all(required.map(async name => {
      const isReady = await (checks[name] ?? never)().catch(() => false)
      return { name, isReady }
    }))
    const waitingFor = states.filter(({ isReady }) => !isReady).map(({ name }) => name)
    res.status(waitingFor.length === 0 ? 200 : 503).json({ status: waitingFor.length === 0 ? 'ready' : 'starting', waitingFor })
  })

  return router
}

const never: ReadyCheck = () => Promise.resolve(false)
