import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { listGroups } from '../../db/staff.ts'
import { groupsOf, REVIEW_GROUP } from '../../lint/rules/people.ts'
import { departmentName } from '../../regions/titles.ts'
import { draftOf } from './drafts.ts'
import { handledTopics } from './lint-context.ts'

/** What a draft may name, each with what people call it; docs/lint/people.md and steps.md hold it to these. Throws NOT_FOUND. */
export async function choicesFor(ctx: ServerContext, actor: Actor, id: string) {
  const { region: slug } = await draftOf(ctx, actor, id)
  const region = ctx.regions.get(slug)
  const { departments } = region
  const steps = ctx.regions.steps(slug)
  const departmentOf = (topic: string) => departments.find(one => one.slug === steps[topic]?.department)?.name
  const inForce = await ctx.engine.definitionsInForce(`${slug}-`)
  const named = (kind: 'process' | 'decision') => inForce.filter(one => one.kind === kind).map(({ key, name }) => ({ value: key, label: name }))
  const groups = groupsOf({ region, groups: await listGroups(ctx.db, slug) })
  return {
    groups: groups.map(value => ({ value, label: groupLabel(region, value) })),
    topics: handledTopics(ctx.regions, slug).map(topic => ({ value: topic, label: `${departmentOf(topic) ?? '本系统'}：${topic}` })),
    decisions: named('decision'), processes: named('process')
  }
}

/** What people call a group that a task is given to. */
export function groupLabel(region: Pick<Region, 'departments'>, group: string): string {
  if (group === '') return '（未选）'
  return group === REVIEW_GROUP ? '该事项的承办部门' : region.departments.find(one => one.group === group)?.name ?? departmentName(region, group)
}
