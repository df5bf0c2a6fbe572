import { Router } from 'express'
import { AppError } from '../../core/errors.ts'
import { actorOf } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'

/** The models in force: staff read those of their region, as the engine has them. */
export function definitionRoutes({ engine, regions }: Pick<ServerContext, 'engine' | 'regions'>): Router {
  const router = Router({ caseSensitive: true, strict: true })

  /** Keys of a region's models begin with its name. */
  const prefixOf = (actor: Actor): string => `${regions.get(actor.region ?? '').slug}-`

  router.get('/definitions', async (req, res) => {
    const definitions = await engine.definitionsInForce(prefixOf(actorOf(req)))
    res.json({ definitions: definitions.map(({ key, kind, name, version }) => ({ key, kind, name, version })) })
  })

  router.get('/definitions/:key/versions/:version.xml', async (req, res) => {
    const { key, version } = req.params
    if (!key.startsWith(prefixOf(actorOf(req)))) throw new AppError('NOT_FOUND')
    const [process, decision] = await Promise.all((['process', 'decision'] as const).map(kind => engine.definitionVersion(kind, key, Number(version))))
    if (!process && !decision) throw new AppError('NOT_FOUND')
    const xml = process ? await engine.processXml(process.id) : await engine.decisionXml(decision!.id)
    res.type('application/xml').send(xml)
  })

  return router
}
