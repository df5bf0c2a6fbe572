import type { Identity } from './auth/oidc.ts'
import type { ServerContext } from './context.ts'
import { answers } from './http/probe.ts'
import type { ReadyCheck } from './routes/health.ts'

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
    // Each says yes once all its clients have polled; one that works is enough for cases to go on.
    workers: async () => (await Promise.all(config.workersUrls.map(url => answers(`${url}/readyz`)))).some(Boolean)
  }
}
