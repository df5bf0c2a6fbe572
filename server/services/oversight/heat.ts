import { endOfDay } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { withinRemit } from '../../db/audit-queries.ts'
import { groupBy } from '../../db/group-by.ts'
import type { Remit } from '../../db/remit.ts'
import { everyPage } from '../../engine/gateway-instances.ts'
import type { Passage } from '../../engine/gateway-history.ts'
import { findSubjects } from '../subjects.ts'
import type { Subject } from '../subjects.ts'
import { workingDays } from './attribution.ts'
import { share } from './share.ts'
import { overseen } from './sla-days.ts'

const WINDOW_DAYS = 90
const DAY = 86_400_000
const MOST = 20_000

/**
 * Where the cases of a remit passed and stayed in one version of a process: for each element of its diagram how often, how many
 * are there now, the mean working time, and the share that went on (or stands there) past the promise of its item. At most so
 * many passages of the last days are counted, the newest; `isPartial` says that there were more.
 * Throws AppError NOT_FOUND for a process of somebody else, RetryableError ENGINE_UNAVAILABLE.
 */
export async function processHeat(ctx: ServerContext, actor: Actor, key: string, version: number) {
  const { region, remit } = overseen(ctx, actor)
  const definition = key.startsWith(`${region.slug}-`) ? await ctx.engine.definitionVersion('process', key, version) : undefined
  if (!definition) throw new AppError('NOT_FOUND')
  const passages: Passage[] = []
  for await (const page of everyPage(at => ctx.engine.passages(definition.id, ctx.clock.realNow() - WINDOW_DAYS * DAY, at))) {
    passages.push(...page)
    if (passages.length >= MOST) break
  }
  const subjects = await subjectsOf(ctx, remit, passages)
  const own = passages.flatMap(passage => {
    const subject = subjects.get(passage.instanceId)
    return subject ? [{ passage, subject }] : []
  })
  return {
    key, version, windowDays: WINDOW_DAYS, isPartial: passages.length >= MOST,
    activities: [...groupBy(own, ({ passage }) => passage.activityId)].map(([activityId, all]) => heatOf(ctx, activityId, all))
  }
}

interface Passed {
  readonly passage: Passage
  readonly subject: Subject
}

/** One element of the diagram by what passed through it. */
export function heatOf({ calendar, clock }: Pick<ServerContext, 'calendar' | 'clock'>, activityId: string, all: readonly Passed[]) {
  const now = clock.now()
  const days = all.reduce((sum, { passage }) => sum + workingDays(calendar, passage.startedAt, passage.endedAt ?? now), 0)
  const promised = all.flatMap(({ passage, subject }) =>
    subject.item?.promised_due ? [(passage.endedAt ?? now) > endOfDay(subject.item.promised_due)] : [])
  return {
    activityId, name: all[0]!.passage.name, count: all.length,
    standing: all.filter(({ passage }) => passage.endedAt === null).length,
    meanWorkingDays: share(days, all.length), overdueRate: share(promised.filter(isLate => isLate).length, promised.length)
  }
}

/** The cases that the instances belong to, those of the remit alone, by instance. */
async function subjectsOf(ctx: ServerContext, remit: Remit, passages: readonly Passage[]): Promise<ReadonlyMap<string, Subject>> {
  const instances = await ctx.engine.processInstances([...new Set(passages.map(({ instanceId }) => instanceId))])
  const subjects = await findSubjects(ctx.db, [...new Set(instances.flatMap(({ businessKey }) => businessKey ?? []))])
  const own = await withinRemit(ctx.db, remit, [...new Set([...subjects.values()].map(({ application }) => application.id))])
  return new Map(instances.flatMap(({ id, businessKey }) => {
    const subject = subjects.get(businessKey ?? '')
    return subject && own.has(subject.application.id) ? [[id, subject] as const] : []
  }))
}
