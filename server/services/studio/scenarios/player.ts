import { setTimeout as pause } from 'node:timers/promises'
import type { Steps } from '../../../../core/region.ts'
import type { Region } from '../../../../core/region.ts'
import type { ServerContext } from '../../../context.ts'
import type { ScratchInstance, ScratchStep, ScratchTask } from '../../../engine/gateway-scratch.ts'
import { scratchTopic } from '../../../engine/gateway-scratch.ts'
import { EngineRefusal } from '../../../engine/rest.ts'
import type { Element } from '../../../lint/element.ts'
import { extension, is } from '../../../lint/element.ts'
import type { PlayedModel, RehearsedModels } from './models.ts'
import { decisionsOf, isTimer, messageOf } from './models.ts'
import type { ChoicePoint, Outcome, Scenario } from './scenario.ts'
import { answerOf } from './step-answers.ts'

/** What became of a scenario. */
export interface Played {
  readonly scenario: Scenario
  /** Null when it came to no end. */
  outcome: Outcome | null
  /** Why it could not go on, in Chinese; null when it ended. */
  problem: string | null
  /** Instances of the draft's process that belong to it. */
  readonly instances: Set<string>
  /** Where it might have gone on otherwise. */
  readonly points: Map<string, ChoicePoint>
}

interface Play extends Played {
  isOver: boolean
  reviewed: string | null
  concluded: string | null
  readonly visited: Set<string>
}

export interface Stage {
  readonly ctx: ServerContext
  readonly region: Region
  readonly steps: Steps
  readonly tenant: string
  readonly draftKey: string
  readonly rehearsed: RehearsedModels
  /** Real instant (ms) at which everything ends. */
  readonly deadline: number
}

const AT_ONCE = 6
const IDLE = 8_000
const PAUSE = 60

/** Plays some scenarios side by side until each has ended, cannot go on, or the time is over. */
export async function play(stage: Stage, scenarios: readonly Scenario[]): Promise<Played[]> {
  const plays = scenarios.map((scenario): Play => ({
    scenario, outcome: null, problem: null, instances: new Set(), points: new Map(), visited: new Set(),
    isOver: false, reviewed: null, concluded: null
  }))
  const byKey = new Map(plays.flatMap(one => keysOf(one.scenario).map(key => [key, one] as const)))
  await inTurn(plays, one => guarded(one, '开始', async () => {
    const { key, businessKey, variables } = one.scenario
    const instance = await stage.ctx.engine.startScratch(stage.tenant, key, businessKey, variables)
    if (key === stage.draftKey) one.instances.add(instance)
  }))
  for (let movedAt = stage.ctx.clock.realNow(); plays.some(({ isOver }) => !isOver);) {
    const now = stage.ctx.clock.realNow()
    if (now > stage.deadline || now - movedAt > IDLE) break
    if (await round(stage, byKey)) movedAt = stage.ctx.clock.realNow()
    else await pause(PAUSE)
  }
  await Promise.all(plays.filter(({ isOver }) => !isOver).map(one => sayWhereItStands(stage, one)))
  return plays
}

const keysOf = ({ businessKey, variables }: Scenario): string[] =>
  [businessKey, ...Object.entries(variables).flatMap(([name, value]) => (/(Item|Row)Id$/.test(name) ? [String(value)] : []))]

/** Answers everything that waits; says whether anything moved. */
async function round(stage: Stage, byKey: ReadonlyMap<string, Play>): Promise<boolean> {
  const { engine } = stage.ctx
  const steps = await engine.scratchSteps(stage.tenant, stage.rehearsed.topics.map(scratchTopic))
  const running = new Map((await engine.scratchInstances(stage.tenant)).map(one => [one.id, one]))
  const at = (instanceId: string) => {
    const instance = running.get(instanceId)
    const one = instance && byKey.get(instance.businessKey)
    const model = instance && stage.rehearsed.models.get(instance.definitionKey)
    return one && model && !one.isOver ? { one, model, instance } : undefined
  }
  for (const { businessKey, id, definitionKey } of running.values()) {
    if (definitionKey === stage.draftKey) byKey.get(businessKey)?.instances.add(id)
  }
  const tasks = await engine.scratchTasks(stage.tenant)
  await inTurn(steps, async step => {
    const place = at(step.instanceId)
    if (place) await answerStep(stage, place.one, place.model, step)
  })
  await inTurn(tasks, async task => {
    const place = at(task.instanceId)
    if (place) await decideTask(stage, place, task)
  })
  const busy = new Set([...steps, ...tasks].map(({ instanceId }) => instanceId))
  const alive = new Set([...running.values()].map(({ businessKey }) => businessKey))
  const ended = [...new Set(byKey.values())].filter(one => !one.isOver && !alive.has(one.scenario.businessKey))
  for (const one of ended) settle(one)
  const idle = [...running.values()].filter(({ id }) => !busy.has(id)).flatMap(({ id }) => at(id) ?? [])
  const delivered = await inTurn(idle, place => deliver(stage, place))
  return busy.size > 0 || ended.length > 0 || delivered.some(Boolean)
}

interface Place {
  readonly one: Play
  readonly model: PlayedModel
  readonly instance: ScratchInstance
}

async function answerStep(
  { ctx, region, steps }: Stage, one: Play, { elements, key }: PlayedModel, { id, topic, activityId, inputs }: ScratchStep
): Promise<void> {
  const name = elements.get(activityId)?.name ?? activityId
  const department = region.matters.find(({ slug }) => key === `${region.slug}-${slug}`)?.department
  const group = region.departments.find(({ slug }) => slug === department)?.group ?? region.departments[0]!.group
  const asked = { topic: topic.slice(scratchTopic('').length), name, inputs, group, now: ctx.clock.now() }
  const { variables, results, points } = answerOf(steps, asked, one.scenario.choices)
  for (const point of points) one.points.set(point.id, point)
  if (typeof variables.outcome === 'string') one.concluded = variables.outcome
  if (asked.topic === 'common.refuse-application') one.concluded = 'not-accepted'
  if (variables.isOpen === false) one.concluded = 'not-opened'
  await guarded(one, name, () => ctx.engine.answerScratch(id, variables, results))
}

/** A task is decided once as the scenario chooses; should it come again, it is approved, so that every case ends. */
async function decideTask({ ctx, tenant }: Stage, place: Place, { id, activityId }: ScratchTask): Promise<void> {
  const { one, model, instance } = place
  const task = model.elements.get(activityId)
  if (!task) return
  const { choices, expected } = one.scenario
  const offered = decisionsOf(task)
  const isFirst = !one.visited.has(activityId)
  one.visited.add(activityId)
  const point = `task#${activityId}`
  one.points.set(point, { id: point, label: `${task.name ?? activityId}`, alternatives: offered.slice(1).map(({ value }) => value) })
  for (const message of model.interruptions) {
    one.points.set(`message#${message}`, { id: `message#${message}`, label: `办理中收到 ${message}`, alternatives: [true] })
  }
  if (model.signals.length > 0) one.points.set('signals', { id: 'signals', label: '预警、黄牌、红牌依次触发', alternatives: [true] })
  const interruption = model.interruptions.find(message => choices[`message#${message}`] === true)
  const name = task.name ?? activityId
  if (interruption) return guarded(one, name, () => ctx.engine.tellScratch(tenant, interruption, instance.businessKey))
  if (choices.signals === true && isFirst) await fireAll(ctx, instance.id, model.signals)
  const wanted = choices[point] ?? (expected === 'rejected-by-clerk' ? 'reject' : undefined)
  const decision = (isFirst && offered.find(({ value }) => value === wanted)?.value) || offered[0]!.value
  if (extension(task, 'property', 'kind') === 'review') one.reviewed = decision
  await guarded(one, name, () => ctx.engine.completeTask(id, { decision }))
}

async function fireAll({ engine }: ServerContext, instanceId: string, events: readonly string[]): Promise<void> {
  for (const event of events) for (const timer of await engine.timersOf(instanceId, event)) await engine.fireTimer(timer.id)
}

/** A case that waits for a message gets it, or its time runs out, as the scenario chooses. */
async function deliver({ ctx, tenant }: Stage, { one, model, instance }: Place): Promise<boolean> {
  const standing = new Set((await ctx.engine.activitiesOf(instance.id)).map(({ activityId }) => activityId))
  const waiting = [...model.elements.values()].filter(is('ReceiveTask', 'IntermediateCatchEvent')).find(({ id }) => standing.has(id))
  if (!waiting) return false
  const point = `wait#${waiting.id}`
  const timer = attachedTimer(model.elements, waiting)
  const name = waiting.name ?? waiting.id
  if (timer) one.points.set(point, { id: point, label: name, alternatives: ['timer'] })
  const message = messageOf(waiting)
  const isOut = timer !== undefined && (one.scenario.choices[point] === 'timer' || message === undefined)
  if (!isOut && message === undefined) return false
  await guarded(one, name, () =>
    (isOut ? fireAll(ctx, instance.id, [timer!.id]) : ctx.engine.tellScratch(tenant, message!, instance.businessKey)))
  return true
}

function attachedTimer(elements: ReadonlyMap<string, Element>, host: Element): Element | undefined {
  return [...elements.values()].find(element => is('BoundaryEvent')(element) && element.attachedToRef === host && isTimer(element))
}

function settle(one: Play): void {
  one.isOver = true
  if (one.problem !== null) return
  const by = one.reviewed === null ? 'system' : 'clerk'
  if (one.scenario.kind === 'selection') one.outcome = one.concluded === 'not-accepted' ? 'not-accepted' : 'completed'
  else if (one.concluded === 'approved') one.outcome = `approved-by-${by}`
  else if (one.concluded === 'rejected') one.outcome = one.reviewed === 'reject' ? 'rejected-by-clerk' : 'rejected-by-department'
  else if (one.concluded === 'withdrawn' || one.concluded === 'not-opened') one.outcome = one.concluded
  else one.problem = '已经结束，但没有记录结论'
}

async function guarded(one: Play, step: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error
    const [, unknown] = /Unknown property used in expression: (\S+)/.exec(error.engineMessage) ?? []
    one.problem = unknown ? `“${step}”之后走不下去：${unknown.replace(/\.$/, '')} 用到的变量没有步骤给出` : `引擎在“${step}”之后走不下去`
    one.isOver = true
  }
}

async function sayWhereItStands({ ctx, rehearsed, tenant }: Stage, one: Play): Promise<void> {
  const keys = keysOf(one.scenario)
  const running = (await ctx.engine.scratchInstances(tenant)).filter(({ businessKey }) => keys.includes(businessKey))
  const places = await Promise.all(running.map(async ({ id, definitionKey }) => (await ctx.engine.activitiesOf(id))
    .flatMap(({ activityId }) => rehearsed.models.get(definitionKey)?.elements.get(activityId)?.name ?? [])))
  one.problem = `没有走到结束，停在：${[...new Set(places.flat())].join('、') || '未知'}`
}

async function inTurn<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let start = 0; start < list.length; start += AT_ONCE) {
    done.push(...await Promise.all(list.slice(start, start + AT_ONCE).map(work)))
  }
  return done
}
