import { endOfDay } from '../../core/dates.ts'
import type { Region } from '../../core/region.ts'
import type { ServerContext } from '../context.ts'
import type { NewWorkItem } from '../db/work-items.ts'
import type { Subject } from '../services/subjects.ts'
import { findSubjects } from '../services/subjects.ts'
import type { DefinitionCache, UserTaskModel } from './definition-cache.ts'
import type { EngineTask } from './gateway-tasks.ts'
import type { InstanceCache, InstanceFacts } from './instance-cache.ts'

export interface WorkItemSources {
  readonly definitions: DefinitionCache
  readonly instances: InstanceCache
}

/** Variable in which a review's route keeps the rule that asked for a person. */
const RULE_VARIABLE = 'reviewRuleId'
/** What open-item and resume-item answer: the group of the item's own department. */
const OWN_GROUP = '${reviewGroup}'
const PROMISE = '${promisedAt}'

/** Makes read-model rows of the engine's tasks: whose case it is, whose desk, what may be decided and by which rule it came. */
export async function toWorkItems(
  ctx: Pick<ServerContext, 'db' | 'engine' | 'regions'>, { definitions, instances }: WorkItemSources, tasks: readonly EngineTask[]
): Promise<NewWorkItem[]> {
  const facts = await instances(tasks.map(task => task.instanceId))
  const subjects = await findSubjects(ctx.db, [...facts.values()].flatMap(({ businessKey }) => businessKey ?? []))
  const models = await Promise.all(tasks.map(async ({ definitionId, activityId }) =>
    (await definitions.model(definitionId)).userTasks.get(activityId)))
  const reviewed = tasks.filter((_, index) => models[index]?.kind === 'review').map(task => task.instanceId)
  const rules = await ctx.engine.variableOf(RULE_VARIABLE, [...new Set(reviewed)])
  return Promise.all(tasks.map(async (task, index): Promise<NewWorkItem> => {
    const instance = facts.get(task.instanceId)
    const subject = subjects.get(instance?.businessKey ?? '')
    const region = regionOf(ctx, subject, instance)
    const model = models[index]
    return {
      id: task.id,
      application_id: subject?.application.id ?? instance?.businessKey ?? task.instanceId,
      item_id: subject?.item?.id ?? null,
      row_id: subject?.row?.id ?? null,
      region: region.slug,
      slug: subject?.item?.slug ?? null,
      department: await groupOf(ctx, task, model, region, subject),
      division: (subject?.item?.division ?? subject?.application.division ?? region.homeDivision).slice(0, 6),
      name: task.name,
      kind: model?.kind ?? 'other',
      activity_id: task.activityId,
      process_definition_id: task.definitionId,
      process_instance_id: task.instanceId,
      decisions: JSON.stringify(model?.decisions ?? []),
      due_at: dueOf(task, model, subject),
      created_at: task.createdAt,
      rule_id: rules.get(task.instanceId) ?? null
    }
  }))
}

/** The promise as our own tables have it: in the engine it is a real date, and the business clock may be set meanwhile. */
function dueOf({ dueAt }: EngineTask, model: UserTaskModel | undefined, subject: Subject | undefined): number | null {
  const promised = subject?.row ? null : subject?.item?.promised_due
  return promised && model?.dueDate === PROMISE ? endOfDay(promised) : dueAt
}

/** A process that was started behind the server's back has no case; its key still begins with the region's name. */
function regionOf(
  { regions }: Pick<ServerContext, 'regions'>, subject: Subject | undefined, instance: InstanceFacts | undefined
): Region {
  if (subject) return regions.get(subject.application.region)
  const all = regions.all()
  return all.find(({ slug }) => instance?.definitionKey.startsWith(`${slug}-`)) ?? all[0]!
}

async function groupOf(
  { engine }: Pick<ServerContext, 'engine'>, task: EngineTask, model: UserTaskModel | undefined, region: Region, subject: Subject | undefined
): Promise<string> {
  const written = model?.candidateGroups ?? ''
  if (written !== '' && !/[$#]\{/.test(written)) return written.split(',')[0]!.trim()
  const own = region.departments.find(({ slug }) => slug === subject?.item?.department)
  if (written === OWN_GROUP && own) return own.group
  const [first] = await engine.candidateGroups(task.id)
  return first ?? own?.group ?? ''
}
