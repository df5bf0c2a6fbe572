import { join } from 'node:path'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { readModels, RELEASE_SOURCE } from '../../engine/deploy.ts'
import { listReleases } from '../../db/model-drafts.ts'
import { xmlOf } from './drafts.ts'
import { diffModels } from './diff.ts'

/**
 * Changes that an update of the software brought to models which designers had released: they are not in force, so somebody
 * has to look at them. Each with what it would change in the version in force, and its text for a draft.
 */
export async function heldSeeds(ctx: ServerContext, actor: Actor) {
  const region = ctx.regions.get(actor.region ?? '').slug
  const [released, definitions, files, releases] = await Promise.all([
    ctx.engine.keysDeployedBy(RELEASE_SOURCE, `${region}-`), ctx.engine.definitionsInForce(`${region}-`),
    readModels(join(ctx.regions.root, 'processes', region)), listReleases(ctx.db, region)
  ])
  const own = definitions.filter(({ key }) => released.includes(key))
  const held = await Promise.all(own.map(async ({ key, kind, name, version }) => {
    const file = `${region}/${key.slice(region.length + 1)}.${kind === 'process' ? 'bpmn' : 'dmn'}`
    const seed = files.find(one => one.name === file)?.content
    const theirs = new Set(releases.filter(one => one.key === key).map(one => one.to_version))
    const last = (await ctx.engine.definitionVersions(kind, key)).find(one => !theirs.has(one.version))
    const [before, now] = await Promise.all([last ? xmlOf(ctx, kind, key, last.version) : '', xmlOf(ctx, kind, key, version)])
    if (seed === undefined || seed === before || seed === now) return []
    return [{ key, name, version, changes: await diffModels(kind, now, seed), xml: seed }]
  }))
  return { held: held.flat() }
}
