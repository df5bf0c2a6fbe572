import type { Knex } from 'knex'
import type { ServerContext } from '../context.ts'
import { raiseAlerts } from '../db/alerts.ts'
import { appendAudit, lockHeads } from '../db/audit.ts'
import type { Milestone, MilestoneKind } from '../db/sla-milestones.ts'
import { addMilestones, findKnownMilestones } from '../db/sla-milestones.ts'
import { findSubjects, placeOf } from '../services/subjects.ts'
import type { Subject } from '../services/subjects.ts'
import { pagesByTime } from './gateway-instances.ts'
import type { FiredTimer } from './gateway-jobs.ts'
import type { InstanceCache } from './instance-cache.ts'
import { createFollower } from './task-feed.ts'

type Context = Pick<ServerContext, 'db' | 'engine' | 'clock'>

/** The boundary events of every matter that tell the time; their ids are part of the modelling rules. */
export const BOUNDARIES = {
  warn: 'BoundaryEvent_SlaWarn', yellow: 'BoundaryEvent_SlaPromised', red: 'BoundaryEvent_SlaRed'
} as const satisfies Readonly<Record<MilestoneKind, string>>
const KINDS: Readonly<Record<string, MilestoneKind>> = Object.fromEntries(
  Object.entries(BOUNDARIES).map(([kind, activityId]) => [activityId, kind as MilestoneKind])
)

/** Milestones of one transaction: so few that nobody waits long for a case that is locked by it. */
const AT_ONCE = 25

/** The engine's nodes name their own times: one that fired on a slow node may lie behind what a fast one has named. */
const REREADING = { every: 3_600_000, back: 86_400_000 }

/**
 * Reads the timers of the legal clock that have fired (预警, 黄牌, 红牌); each is stored and noted in the audit trail once,
 * though the feed reads an overlap again with each round, and the last day with the first of each hour.
 */
export function createTimerFeed(ctx: Context, instances: InstanceCache): { poll(): Promise<number> } {
  const follow = createFollower(ctx, 'timers', pagesByTime, REREADING)
  return {
    poll: () => follow(page => ctx.engine.timersFiredSince(page.since, page), async fired => {
      const known = await findKnownMilestones(ctx.db, fired.map(({ id }) => id))
      const timers = fired.filter(({ id, activityId }) => KINDS[activityId] && !known.has(id))
      if (timers.length === 0) return 0
      const facts = await instances(timers.map(({ instanceId }) => instanceId))
      const subjectOf = ({ instanceId }: FiredTimer): string => facts.get(instanceId)?.businessKey ?? instanceId
      return storeMilestones(ctx, timers.map(timer => toMilestone(timer, subjectOf(timer))))
    })
  }
}

function toMilestone({ id, activityId, firedAt }: FiredTimer, subjectId: string): Milestone {
  return { id, subject_id: subjectId, kind: KINDS[activityId]!, fired_at: firedAt }
}

async function storeMilestones(ctx: Context, milestones: readonly Milestone[]): Promise<number> {
  const subjects = await findSubjects(ctx.db, milestones.map(milestone => milestone.subject_id))
  let count = 0
  for (let start = 0; start < milestones.length; start += AT_ONCE) {
    const batch = milestones.slice(start, start + AT_ONCE)
    count += await ctx.db.transaction(trx => storeBatch(trx, batch, subjects, ctx.clock.now()))
  }
  return count
}

async function storeBatch(
  trx: Knex, batch: readonly Milestone[], subjects: ReadonlyMap<string, Subject>, at: number
): Promise<number> {
  const added = await addMilestones(trx, batch)
  const told = added.flatMap(milestone => {
    const subject = subjects.get(milestone.subject_id)
    return subject ? [{ milestone, subject }] : []
  })
  await lockHeads(trx, told.map(({ subject }) => subject.application.id))
  for (const { milestone: { kind }, subject: { application, item, row } } of told) {
    await appendAudit(trx, {
      chain: application.id, type: 'sla-milestone', actor: { role: 'system', id: 'engine' },
      itemId: item?.id ?? null, data: { kind, rowId: row?.id ?? null }, at
    })
  }
  await raiseAlerts(trx, told.flatMap(({ milestone: { id, kind }, subject }) =>
    kind === 'warn' ? [] : [{ kind, source: id, at, ...placeOf(subject) }]))
  return added.length
}
