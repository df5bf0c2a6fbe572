import type { Identity } from './auth/oidc.ts'
import type { ServerContext } from './context.ts'
import type { ReadyCheck } from './routes/health.ts'

const PATIENCE = 2_000

/** The parts that `READY_REQUIRES` may name, each with the question whether it is there. */
export function readyChecks(ctx: ServerContext, identity: Identity): Readonly<Record<string, ReadyCheck>> {
  const { config, db, engine, regions } = ctx
  return {
    database: async () => {
      await db.select(db.raw('1'))
      return true
    },
    engine: async () => (await engine.version()) !== '',
    deployments: async () => {
      const known = await Promise.all(regions.all().map(({ slug }) => engine.processDefinition(`${slug}-enrolment`)))
      return known.every(definition => definition !== undefined)
    },
    identity: () => identity.isReady(),
    departments: async () => {
      const systems = Object.values(config.departmentUrls)
      return (await Promise.all(systems.map(url => answers(`${url}/healthz`)))).every(Boolean)
    },
    // Says yes once each of the workers' clients has polled.
    workers: () => answers(`http://127.0.0.1:${config.port + 2}/readyz`)
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  await response?.body?.cancel()
  return response?.ok ?? false
}
