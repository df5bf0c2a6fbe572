import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { moveWorkItems } from '../../db/work-items.ts'
import type { EngineInstance } from '../../engine/gateway-instances.ts'
import type { MigrationPlan } from '../../engine/gateway-migrations.ts'
import { inForce, xmlOf } from './drafts.ts'
import { nodes, obstacle } from './impact.ts'
import { readProcess } from './process-of.ts'

export interface MigrationRequest {
  readonly key: string
  readonly fromVersion: number
  readonly toVersion: number
  /** Business keys of the cases to move; all that run on the version when left out, `MOST` in one request. */
  readonly cases?: readonly string[]
  /** How many of the version are passed over: the `nextOffset` of the request before. */
  readonly offset?: number
  /** Only tells what would happen. */
  readonly isDryRun: boolean
}

/** Cases of one request; the next ones are asked for by its `nextOffset`. */
export const MOST = 200

/**
 * Moves running cases of one version to another; tasks, clocks and timers stay as they are. Each case is looked at first: one
 * that stands where the other version has nothing stays, with the reason.
 * @throws AppError MODEL_UNKNOWN, or DRAFT_STATE_CONFLICT for a table
 */
export async function migrateCases(ctx: ServerContext, actor: Actor, request: MigrationRequest) {
  const { key, fromVersion, toVersion, isDryRun } = request
  if ((await inForce(ctx, actor, key)).kind !== 'process') {
    throw new AppError('DRAFT_STATE_CONFLICT', { detail: '规则表没有在办的办件，不需要迁移。' })
  }
  const [from, to] = await Promise.all([fromVersion, toVersion].map(version => ctx.engine.definitionVersion('process', key, version)))
  if (!from || !to) throw new AppError('MODEL_UNKNOWN')
  const plan = await ctx.engine.migrationPlan(from.id, to.id)
  const results = []
  for (const one of await lookAt(ctx, request, plan)) {
    results.push({ ...one, state: await move(ctx, { plan, one, isDryRun, definitionId: to.id }) })
  }
  if (!isDryRun) {
    const moved = results.filter(({ state }) => state === 'moved').map(one => one.case)
    const data = { key, region: actor.region, fromVersion, toVersion, moved }
    await appendAudit(ctx.db, { chain: 'system', type: 'cases-migrated', actor: auditActor(actor), data, at: ctx.clock.now() })
  }
  const total = await ctx.engine.countOfVersion(from.id)
  // What was moved is no longer among those of the version.
  const passed = (request.offset ?? 0) + results.filter(({ state }) => state !== 'moved').length
  const nextOffset = request.cases === undefined && results.length === MOST ? passed : null
  return { isDryRun, total, nextOffset, cases: results.map(({ instanceId: _, ...result }) => result) }
}

/** The running cases asked for, where each stands, and why it cannot be moved. */
async function lookAt(ctx: ServerContext, request: MigrationRequest, plan: MigrationPlan) {
  const { key, fromVersion, toVersion, cases, offset = 0 } = request
  const [old, now] = await Promise.all([fromVersion, toVersion].map(async version =>
    nodes(await readProcess(await xmlOf(ctx, 'process', key, version)))))
  const obstacleAt = (place: string): string | null => obstacle(old!.get(place), now!.get(place))
    ?? (plan.instructions.some(({ sourceActivityIds }) => sourceActivityIds.includes(place)) ? null : '引擎不支持移动这一步')
  const running = await runningCases(ctx, plan.sourceProcessDefinitionId, { key, cases, offset })
  return Promise.all(running.map(async one => {
    const activities = (await ctx.engine.activitiesOf(one.id)).map(({ activityId }) => activityId)
    const reasons = activities.flatMap(place => {
      const reason = obstacleAt(place)
      return reason === null ? [] : [`${old!.get(place)?.name ?? place}：${reason}`]
    })
    return { instanceId: one.id, case: one.businessKey ?? '', startedAt: formatInstant(one.startedAt), activities, reasons }
  }))
}

interface Wanted extends Pick<MigrationRequest, 'key' | 'cases'> {
  readonly offset: number
}

async function runningCases(
  { engine }: ServerContext, definitionId: string, { key, cases, offset }: Wanted
): Promise<EngineInstance[]> {
  if (cases === undefined) return engine.instancesOfVersion(definitionId, { first: offset, max: MOST })
  const found = await Promise.all([...new Set(cases)].map(one => engine.findInstancesByBusinessKey(one, key)))
  return found.flat().filter(one => one.definitionId === definitionId && one.endedAt === null)
}

interface Move {
  readonly plan: MigrationPlan
  readonly one: { readonly instanceId: string; readonly reasons: readonly string[] }
  readonly isDryRun: boolean
  readonly definitionId: string
}

async function move(ctx: ServerContext, { plan, one, isDryRun, definitionId }: Move): Promise<'would-move' | 'moved' | 'stays'> {
  if (one.reasons.length > 0) return 'stays'
  if (isDryRun) return 'would-move'
  if (await ctx.engine.migrate(plan, [one.instanceId]) === 'refused') return 'stays'
  await moveWorkItems(ctx.db, one.instanceId, definitionId)
  return 'moved'
}
