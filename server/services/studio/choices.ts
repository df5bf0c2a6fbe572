import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { draftOf } from './drafts.ts'
import { handledTopics } from './lint-context.ts'

/** What a draft may name, each with what people call it; docs/lint/people.md and steps.md hold it to these. Throws NOT_FOUND. */
export async function choicesFor(ctx: ServerContext, actor: Actor, id: string) {
  const { region: slug } = await draftOf(ctx, actor, id)
  const { departments } = ctx.regions.get(slug)
  const steps = ctx.regions.steps(slug)
  const departmentOf = (topic: string) => departments.find(one => one.slug === steps[topic]?.department)?.name
  const inForce = await ctx.engine.definitionsInForce(`${slug}-`)
  const named = (kind: 'process' | 'decision') => inForce.filter(one => one.kind === kind).map(({ key, name }) => ({ value: key, label: name }))
  return {
    groups: [{ value: '${reviewGroup}', label: '该事项的承办部门' }, ...departments.map(({ group, name }) => ({ value: group, label: name }))],
    topics: handledTopics(ctx.regions, slug).map(topic => ({ value: topic, label: `${departmentOf(topic) ?? '本系统'}：${topic}` })),
    decisions: named('decision'), processes: named('process')
  }
}
