import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { definitionsOf } from '../../engine/definition-cache.ts'
import { workersState } from './workers.ts'
import { pausableTopics, pausedTopics } from './topic-pauses.ts'

/** Steps that many processes have are told by so many of their names. */
const MOST_NAMES = 3

/**
 * What the steps of each topic are called in the processes in force, those of one region or, without one, of all; a topic that no
 * process has is left out, and all of them while the engine is away.
 */
export async function topicNames(
  ctx: Pick<ServerContext, 'engine' | 'clock' | 'regions'>, region: string | null
): Promise<ReadonlyMap<string, string>> {
  const own = ctx.regions.all().filter(({ slug }) => region === null || slug === region)
  const models = await Promise.all(own.map(({ slug }) => modelsOf(ctx, slug))).catch(() => [])
  const names = new Map<string, Set<string>>()
  for (const [topic, steps] of models.flat().flatMap(({ topics }) => [...topics])) {
    names.set(topic, new Set([...names.get(topic) ?? [], ...steps]))
  }
  return new Map([...names].map(([topic, steps]) => [topic, inWords([...steps])]))
}

/** The workers for a page: each topic by what its step is called, and those that the actor may pause. */
export async function workersView(ctx: ServerContext, actor: Actor) {
  const [state, names] = await Promise.all([workersState(ctx), topicNames(ctx, actor.region)])
  const named = <T extends { readonly topic: string }>(one: T) => ({ ...one, name: names.get(one.topic) ?? null })
  return { ...state, topics: state.topics.map(named), pausable: pausableTopics(ctx, actor).map(topic => named({ topic })) }
}

/** The paused topics, each by what its step is called. */
export async function pausedView(ctx: ServerContext, actor: Actor) {
  const [topics, names] = await Promise.all([pausedTopics(ctx, actor), topicNames(ctx, actor.region)])
  return { topics: topics.map(one => ({ ...one, name: names.get(one.topic) ?? null })) }
}

async function modelsOf(ctx: Pick<ServerContext, 'engine' | 'clock'>, slug: string) {
  const inForce = await ctx.engine.definitionsInForce(`${slug}-`)
  return Promise.all(inForce.filter(({ kind }) => kind === 'process').map(({ id }) => definitionsOf(ctx).model(id)))
}

const inWords = (steps: readonly string[]): string =>
  `${steps.slice(0, MOST_NAMES).join('、')}${steps.length > MOST_NAMES ? `等 ${steps.length} 种` : ''}`
