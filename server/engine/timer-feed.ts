import type { ServerContext } from '../context.ts'
import { raiseAlert } from '../db/alerts.ts'
import { appendAudit } from '../db/audit.ts'
import type { Milestone, MilestoneKind } from '../db/sla-milestones.ts'
import { addMilestones } from '../db/sla-milestones.ts'
import { findSubjects, placeOf } from '../services/subjects.ts'
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

/** Reads the timers of the legal clock that have fired (预警, 黄牌, 红牌); each is stored and noted in the audit trail once. */
export function createTimerFeed(ctx: Context, instances: InstanceCache): { poll(): Promise<number> } {
  const follow = createFollower(ctx, 'timers')
  return {
    poll: () => follow(page => ctx.engine.timersFiredSince(page.since, page), async fired => {
      const timers = fired.filter(({ activityId }) => KINDS[activityId])
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

async function storeMilestones({ db, clock }: Context, milestones: readonly Milestone[]): Promise<number> {
  const subjects = await findSubjects(db, milestones.map(milestone => milestone.subject_id))
  let count = 0
  for (const milestone of milestones) {
    await db.transaction(async trx => {
      const subject = subjects.get(milestone.subject_id)
      const [fresh] = await addMilestones(trx, [milestone])
      if (!fresh) return
      count++
      if (subject) {
        await appendAudit(trx, {
          chain: subject.application.id, type: 'sla-milestone', actor: { role: 'system', id: 'engine' },
          itemId: subject.item?.id ?? null, data: { kind: fresh.kind, rowId: subject.row?.id ?? null }, at: clock.now()
        })
        if (fresh.kind !== 'warn') await raiseAlert(trx, { kind: fresh.kind, source: milestone.id, at: clock.now(), ...placeOf(subject) })
      }
    })
  }
  return count
}
