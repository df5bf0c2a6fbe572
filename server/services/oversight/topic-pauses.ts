import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { auditActor, hasRole, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { deletePause, insertPause, listPauses } from '../../db/topic-pauses.ts'
import type { TopicPause } from '../../db/topic-pauses.ts'
import { recordSteps } from '../steps/run-step.ts'

/** The paused topics of what somebody may see, each with how many tasks wait; null when the engine does not say. */
export async function pausedTopics(ctx: ServerContext, actor: Actor) {
  const isSeen = ({ region }: TopicPause): boolean => region === null || actor.region === null || region === actor.region
  const own = (await listPauses(ctx.db)).filter(isSeen)
  return Promise.all(own.map(async pause => ({
    ...pauseView(ctx, pause), waiting: await ctx.engine.countWaiting(pause.topic).catch(() => null)
  })))
}

/** What the workers ask for: the topics that they must not fetch. */
export async function pausedNames({ db }: Pick<ServerContext, 'db'>): Promise<string[]> {
  return (await listPauses(db)).map(({ topic }) => topic)
}

/**
 * Lets workers fetch no task of a topic any more. What is in hand ends; what waits keeps its place and its clock.
 * Throws AppError NOT_FOUND for a topic that is not the actor's to pause, TOPIC_STATE_CONFLICT (409).
 */
export async function pauseTopic(ctx: ServerContext, actor: Actor, topic: string, reason: string) {
  const pause: TopicPause = {
    topic, region: regionOf(ctx, actor, topic), reason_enc: ctx.crypto.encrypt('topic_pause', 'reason_enc', topic, reason.trim()),
    paused_by: idOf(actor), paused_at: ctx.clock.now()
  }
  await ctx.db.transaction(async trx => {
    if (!await insertPause(trx, pause)) throw new AppError('TOPIC_STATE_CONFLICT')
    await note(trx, ctx, actor, { type: 'topic-paused', topic, region: pause.region, text: reason.trim() })
  })
  return pauseView(ctx, pause)
}

/** Lets workers fetch again what has waited. Throws likewise. */
export async function resumeTopic(ctx: ServerContext, actor: Actor, topic: string) {
  const region = regionOf(ctx, actor, topic)
  await ctx.db.transaction(async trx => {
    if (!await deletePause(trx, topic)) throw new AppError('TOPIC_STATE_CONFLICT')
    await note(trx, ctx, actor, { type: 'topic-resumed', topic, region })
  })
  return { topic, isPaused: false }
}

/** An administrator may pause any topic, a supervisor of a whole region those of the region; shared ones hold up every region. */
export function pausableTopics({ regions }: Pick<ServerContext, 'regions'>, actor: Actor): string[] {
  const stepsOf = (slug: string): string[] => Object.keys(regions.steps(slug))
  if (hasRole(actor, 'admin')) return [...new Set([...Object.keys(recordSteps), ...regions.all().flatMap(({ slug }) => stepsOf(slug))])]
  const { region, division } = actor
  return region === null || division !== null ? [] : stepsOf(region).filter(topic => topic.startsWith(`${region}.`))
}

function regionOf(ctx: ServerContext, actor: Actor, topic: string): string | null {
  if (!pausableTopics(ctx, actor).includes(topic)) throw new AppError('NOT_FOUND')
  return ownerOf(ctx, topic)
}

/** The region whose topic it is; null for one that all share. */
const ownerOf = ({ regions }: Pick<ServerContext, 'regions'>, topic: string): string | null =>
  regions.all().find(({ slug }) => topic.startsWith(`${slug}.`))?.slug ?? null

async function note(
  trx: ServerContext['db'], { clock, crypto }: ServerContext, actor: Actor,
  { type, topic, region, text }: { type: string; topic: string; region: string | null; text?: string }
): Promise<void> {
  await appendAudit(trx, {
    chain: 'system', type, actor: auditActor(actor), data: { topic, region: region ?? 'all' }, text, at: clock.now()
  }, crypto)
}

function pauseView({ crypto }: ServerContext, { topic, region, reason_enc, paused_by, paused_at }: TopicPause) {
  return {
    topic, region, isPaused: true, reason: crypto.decrypt('topic_pause', 'reason_enc', topic, reason_enc),
    pausedBy: paused_by, pausedAt: formatInstant(paused_at)
  }
}
