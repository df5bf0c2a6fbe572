import type { ServerContext } from '../../context.ts'
import { recordSteps } from '../steps/run-step.ts'

/** So many waiting tasks are looked at in one question; only when there are more is each topic asked for. */
const MOST = 500
const AT_ONCE = 4

export interface TopicLag {
  /** Tasks that nobody has in hand. */
  readonly waiting: number
  /** Of the oldest of them, real ms; null when none waits. */
  readonly oldestAt: number | null
}

/** What waits for a worker, by topic; topics without anything waiting are left out. Null when the engine does not say. */
export async function topicLags(ctx: Pick<ServerContext, 'engine' | 'regions'>): Promise<ReadonlyMap<string, TopicLag> | null> {
  try {
    const tasks = await ctx.engine.waitingTasks(MOST)
    if (tasks.length === MOST) return await askEach(ctx)
    const lags = new Map<string, TopicLag>()
    for (const { topic, createdAt } of tasks) {
      const { waiting = 0, oldestAt = null } = lags.get(topic) ?? {}
      lags.set(topic, { waiting: waiting + 1, oldestAt: Math.min(oldestAt ?? createdAt, createdAt) })
    }
    return lags
  } catch {
    return null
  }
}

async function askEach({ engine, regions }: Pick<ServerContext, 'engine' | 'regions'>): Promise<ReadonlyMap<string, TopicLag>> {
  const topics = [...Object.keys(recordSteps), ...regions.all().flatMap(({ slug }) => Object.keys(regions.steps(slug)))]
  const lags = new Map<string, TopicLag>()
  for (let start = 0; start < topics.length; start += AT_ONCE) {
    await Promise.all(topics.slice(start, start + AT_ONCE).map(async topic => {
      const [oldest] = await engine.waitingTasks(1, topic)
      if (oldest) lags.set(topic, { waiting: await engine.countWaiting(topic), oldestAt: oldest.createdAt })
    }))
  }
  return lags
}
