import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { Element } from '../../lint/element.ts'
import { eventDefinitions, flowElements, is } from '../../lint/element.ts'
import { draftOf, xmlOf } from './drafts.ts'
import { diffModels } from './diff.ts'
import { readProcess } from './process-of.ts'

/**
 * What a draft does to what is under way: its changes, the running cases by version and activity and whether they could be
 * migrated, and what becomes of their timers. Tables touch no running case: dates and facts were fixed at acceptance.
 */
export async function impactOf(ctx: ServerContext, actor: Actor, id: string) {
  const draft = await draftOf(ctx, actor, id)
  const base = await xmlOf(ctx, draft.kind, draft.key, draft.base_version)
  const changes = await diffModels(draft.kind, base, draft.xml).catch(() => {
    throw new AppError('MODEL_REFUSED', { detail: '草案还不能读取，请先按检查结果修改。' })
  })
  if (draft.kind === 'decision') return { changes, running: [], timers: [] }
  const [before, after] = [await readProcess(base), await readProcess(draft.xml)]
  return { changes, running: await runningCases(ctx, draft.key, after), timers: timerChanges(before, after) }
}

async function runningCases(ctx: ServerContext, key: string, after: Element) {
  const targets = nodes(after)
  const versions = await ctx.engine.definitionVersions('process', key)
  const all = await Promise.all(versions.map(async ({ id, version }) => {
    const counts = await ctx.engine.activityCounts(id)
    const known = counts.size > 0 ? nodes(await readProcess(await ctx.engine.processXml(id))) : new Map<string, Element>()
    return [...counts].map(([activityId, count]) => {
      const reason = obstacle(known.get(activityId), targets.get(activityId))
      const name = known.get(activityId)?.name ?? activityId
      return { version, activityId, name, count, isMigratable: reason === null, reason }
    })
  }))
  return all.flat().filter(({ count }) => count > 0)
}

/** Why a token at an activity cannot go over to another version; null when it can. */
export function obstacle(from: Element | undefined, to: Element | undefined): string | null {
  if (!to) return '新版本没有这个步骤'
  if (from && from.$type !== to.$type) return '新版本中这一步的种类不同'
  if (from && scopesOf(from) !== scopesOf(to)) return '新版本中这一步在别的子流程里'
  return null
}

const scopesOf = (element: Element): string => {
  const scopes: string[] = []
  for (let scope = element.$parent; scope && is('SubProcess')(scope); scope = scope.$parent) scopes.push(scope.id)
  return scopes.join()
}

/** Elements of a process by id. */
export const nodes = (process: Element): Map<string, Element> =>
  new Map(flowElements(process).map(element => [element.id, element]))

const waitOf = (element: Element): string | undefined =>
  eventDefinitions(element).filter(is('TimerEventDefinition')).map(timer => (timer.timeDate as { body?: string } | undefined)?.body ?? '')[0]

function timerChanges(before: Element, after: Element) {
  const [old, now] = [nodes(before), nodes(after)]
  const timers = [...new Set([...old, ...now].filter(([, element]) => waitOf(element) !== undefined).map(([id]) => id))]
  return timers.map(id => {
    const [was, is_] = [old.get(id), now.get(id)]
    const name = (is_ ?? was)!.name ?? id
    if (!is_) return { activityId: id, name, state: 'removed' as const, text: '新版本没有这个定时器：迁移的办件不再触发' }
    if (!was) return { activityId: id, name, state: 'added' as const, text: '新增的定时器：新办件起用，迁移的办件按其变量设置' }
    if (waitOf(was) !== waitOf(is_)) return { activityId: id, name, state: 'changed' as const, text: '时刻的来源改变：新办件起用，迁移的办件时刻不动' }
    return { activityId: id, name, state: 'kept' as const, text: '不变：迁移的办件时刻不动' }
  })
}
