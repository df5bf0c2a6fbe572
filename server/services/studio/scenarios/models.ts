import type { ServerContext } from '../../../context.ts'
import type { DefinitionKind, DeploymentFile } from '../../../engine/gateway-deployments.ts'
import { scratchTopic } from '../../../engine/gateway-scratch.ts'
import type { Element } from '../../../lint/element.ts'
import { camunda, eventDefinitions, extension, flowElements, is } from '../../../lint/element.ts'
import { readProcess } from '../process-of.ts'
import { STAND_IN } from './step-answers.ts'

/** What the player has to know of a diagram. */
export interface PlayedModel {
  readonly key: string
  readonly elements: ReadonlyMap<string, Element>
  /** Messages that take a case out of whatever it is doing, such as the withdrawal. */
  readonly interruptions: readonly string[]
  /** Timers that fire without ending anything. */
  readonly signals: readonly string[]
}

export interface RehearsedModels {
  readonly files: readonly DeploymentFile[]
  readonly models: ReadonlyMap<string, PlayedModel>
  readonly topics: readonly string[]
}

interface Source {
  readonly kind: DefinitionKind
  readonly key: string
  readonly xml: string
}

/**
 * All models of a region with the draft in the place of the one in force; processes that the rehearsal is not about are
 * stand-ins of one step, when `isAlone`. Topics are renamed, so that no worker fetches them.
 */
export async function rehearsedModels(
  ctx: ServerContext, region: string, draft: Source, isAlone: boolean
): Promise<RehearsedModels> {
  const umbrella = `${region}-enrolment`
  const inForce = await ctx.engine.definitionsInForce(`${region}-`)
  const sources = await Promise.all(inForce.map(async ({ kind, key, id, name }): Promise<Source> => {
    if (key === draft.key) return draft
    if (kind === 'decision') return { kind, key, xml: await ctx.engine.decisionXml(id) }
    return { kind, key, xml: isAlone && key !== umbrella ? standIn(key, name) : await ctx.engine.processXml(id) }
  }))
  const models = await Promise.all(sources.filter(({ kind }) => kind === 'process').map(({ key, xml }) => readModel(key, xml)))
  const topics = models.flatMap(({ elements }) => [...elements.values()].flatMap(element => camunda(element, 'topic') ?? []))
  return {
    files: sources.map(({ kind, key, xml }) => ({
      name: `${key}.${kind === 'process' ? 'bpmn' : 'dmn'}`,
      content: xml.replaceAll(/(camunda:topic=")([^"]+)"/g, (_, before: string, topic: string) => `${before}${scratchTopic(topic)}"`)
    })),
    models: new Map(models.map(model => [model.key, model])), topics: [...new Set(topics)]
  }
}

async function readModel(key: string, xml: string): Promise<PlayedModel> {
  const all = flowElements(await readProcess(xml))
  const starts = all.filter(is('SubProcess')).filter(({ triggeredByEvent }) => triggeredByEvent === true)
    .flatMap(({ flowElements: inside }) => (inside ?? []).filter(is('StartEvent')))
  return {
    key, elements: new Map(all.map(element => [element.id, element])),
    interruptions: starts.flatMap(start => messageOf(start) ?? []),
    signals: all.filter(is('BoundaryEvent')).filter(one => one.cancelActivity === false && isTimer(one)).map(({ id }) => id)
  }
}

export const isTimer = (element: Element): boolean => eventDefinitions(element).some(is('TimerEventDefinition'))

/** Name of the message that an element waits for. */
export function messageOf(element: Element): string | undefined {
  const holder = eventDefinitions(element).find(is('MessageEventDefinition')) ?? element
  return (holder.messageRef as Element | undefined)?.name
}

/** Decisions that a user task offers, as written in the diagram. */
export function decisionsOf(task: Element): { readonly value: string; readonly label: string }[] {
  return (extension(task, 'property', 'decisions') ?? 'done=已办理').split(',').map(one => {
    const [value = '', label = value] = one.split('=')
    return { value: value.trim(), label: label.trim() }
  })
}

function standIn(key: string, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  id="Definitions_StandIn" targetNamespace="https://yijianshi.example/bpmn">
  <bpmn:process id="${key}" name="${name.replaceAll(/[<>&"]/g, '')}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="StartEvent_StandIn"/>
    <bpmn:serviceTask id="Task_StandIn" name="${name.replaceAll(/[<>&"]/g, '')}" camunda:type="external" camunda:topic="${STAND_IN}"/>
    <bpmn:endEvent id="EndEvent_StandIn"/>
    <bpmn:sequenceFlow id="SequenceFlow_In" sourceRef="StartEvent_StandIn" targetRef="Task_StandIn"/>
    <bpmn:sequenceFlow id="SequenceFlow_Out" sourceRef="Task_StandIn" targetRef="EndEvent_StandIn"/>
  </bpmn:process>
</bpmn:definitions>`
}
