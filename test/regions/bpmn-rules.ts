import { catalogue } from '../../core/errors.ts'
import { checkModel } from '../../server/engine/model-gate.ts'
import type { Element, Model } from './bpmn-model.ts'
import { camunda, expressions, extension, extensions, topics } from './bpmn-model.ts'

/** A rule of the house for diagrams: what is wrong, one sentence each; nothing when all is well. */
export type Rule = (model: Model) => string[]

const isFlow = ({ $type }: Element) => $type === 'bpmn:SequenceFlow'
const is = (...types: string[]) => ({ $type }: Element) => types.includes($type.replace('bpmn:', ''))
const pascal = (slug: string) => slug.split('-').map(part => part.replace(/^./, letter => letter.toUpperCase())).join('')
const camel = (slug: string) => pascal(slug).replace(/^./, letter => letter.toLowerCase())
const when = (isWrong: boolean, finding: string): string[] => (isWrong ? [finding] : [])

const identity: Rule = ({ region, slug, process, definitions, warnings }) => [
  ...warnings,
  ...when(process.id !== `${region.slug}-${slug}`, `the process is called ${process.id}`),
  ...when(process.isExecutable !== true, 'the process is not executable'),
  ...when(camunda(process, 'historyTimeToLive') !== 'P3650D', 'history is not kept for ten years'),
  ...when(definitions.targetNamespace !== 'https://yijianshi.example/bpmn', 'another target namespace')
]

const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/StartEvent$/, 'StartEvent'], [/EndEvent$/, 'EndEvent'], [/BoundaryEvent$/, 'BoundaryEvent'], [/CallActivity$/, 'CallActivity'],
  [/SubProcess$/, 'SubProcess'], [/Gateway$/, 'Gateway'], [/SequenceFlow$/, 'SequenceFlow'], [/Task$/, 'Task'],
  [/Message$/, 'Message'], [/Error$/, 'Error']
]

const ids: Rule = ({ elements, definitions }) => {
  const roots = (definitions.rootElements as Element[]).filter(({ $type }) => $type !== 'bpmn:Process')
  return [...elements, ...roots].flatMap(({ $type, id }) => {
    const prefix = PREFIXES.find(([type]) => type.test($type))?.[1]
    return when(!prefix || !new RegExp(`^${prefix}_[A-Z][A-Za-z0-9]*$`).test(id), `${$type} is called ${id}`)
  })
}

/** Names are what clerks, supervisors and screen readers get; a flow needs one where there is a choice. */
const names: Rule = ({ elements, process }) => [process, ...elements].flatMap(element => {
  const needsName = !isFlow(element) || element.conditionExpression !== undefined || (element.sourceRef as Element).default === element
  return when(needsName && !/\p{Script=Han}/u.test(element.name ?? ''), `${element.id} has no Chinese name`)
})

/** Every step that acts or decides says which clause it rests on. */
const clauses: Rule = ({ elements, process }) => [process, ...elements.filter(is('UserTask', 'BusinessRuleTask', 'ServiceTask', 'CallActivity'))]
  .flatMap(element => {
    const text = ((element.documentation ?? []) as { text: string }[]).map(one => one.text).join('')
    const needsClause = is('Process', 'UserTask', 'CallActivity')(element) || !/^common\./.test(camunda(element, 'topic') ?? 'common.')
    return when(text === '' || (needsClause && !/办事指南|申请表|实施方案|工作方案|附件\d/.test(text)), `${element.id} names no clause`)
  })

interface Bounds { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
interface Drawn {
  readonly bpmnElement: Element
  readonly bounds?: Bounds
  readonly label?: { readonly bounds?: Bounds }
  readonly isExpanded?: boolean
  readonly waypoint?: readonly { x: number; y: number }[]
}

const drawing: Rule = ({ definitions, elements }) => {
  const { plane } = (definitions.diagrams as { plane: { planeElement: Drawn[] } }[])[0]!
  const drawn = new Map(plane.planeElement.map(one => [one.bpmnElement.id, one]))
  const touches = (node: Element, point: { x: number; y: number } | undefined) => {
    const box = drawn.get(node.id)?.bounds
    return box && point && point.x >= box.x - 1 && point.x <= box.x + box.width + 1 && point.y >= box.y - 1 && point.y <= box.y + box.height + 1
  }
  return elements.flatMap(element => {
    const { bounds, waypoint } = drawn.get(element.id) ?? {}
    if (!isFlow(element)) return when(!bounds, `${element.id} is not drawn`)
    const isJoined = touches(element.sourceRef as Element, waypoint?.[0]) && touches(element.targetRef as Element, waypoint?.at(-1))
    return when(!isJoined, `${element.id} is not drawn from its source to its target`)
  })
}

/** Words that lie on other words or on a box cannot be read. */
const labels: Rule = ({ definitions }) => {
  const { plane } = (definitions.diagrams as { plane: { planeElement: Drawn[] } }[])[0]!
  const placed = plane.planeElement.flatMap(({ bpmnElement: { id }, label }) => (label?.bounds ? [{ id, bounds: label.bounds }] : []))
  const boxes = plane.planeElement.flatMap(({ bpmnElement: { id }, bounds, isExpanded }) => (bounds && !isExpanded ? [{ id, bounds }] : []))
  return placed.flatMap(({ id, bounds }, index) => [...boxes, ...placed.slice(index + 1)]
    .filter(other => other.id !== id && overlap(bounds, other.bounds)).map(other => `the label of ${id} lies on ${other.id}`))
}

function overlap(one: Bounds, other: Bounds): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height
}

/** Seen here by text, and again by the gate that the server puts before each deployment. */
const code: Rule = ({ xml, slug }) => [
  ...(/<!DOCTYPE|scriptTask|<camunda:script|Listener|delegateExpression|camunda:class|camunda:expression|connector|conditionalEvent|<camunda:field/i
    .exec(xml) ?? []).map(text => `${text} is not allowed`),
  ...checkModel(`${slug}.bpmn`, xml).map(({ element, message }) => `${element}: ${message}`)
]

const NAME = '[a-z][A-Za-z0-9]*'
const TERM = `(?:!?${NAME}|${NAME} (?:==|!=|>|<) (?:'[a-z-]+'|\\d+))`
const ALLOWED = new RegExp(`^\\$\\{(?:${TERM}(?: && ${TERM})*|decisionResult\\.size\\(\\)|decisionResult\\.getSingleResult\\(\\)\\.${NAME})\\}$`)

const allowedExpressions: Rule = model => expressions(model).filter(text => !ALLOWED.test(text)).map(text => `${text} is not of the allowed forms`)

const steps: Rule = ({ region, slug, elements, decisions }) => elements.flatMap(element => {
  const topic = camunda(element, 'topic')
  if (is('ServiceTask')(element)) {
    return when(camunda(element, 'type') !== 'external' || !new RegExp(`^(common|${region.slug}\\.${slug})\\.[a-z]+(-[a-z]+)*$`).test(topic ?? ''),
      `${element.id} works on ${topic}`)
  }
  if (is('BusinessRuleTask')(element)) {
    return when(!decisions.includes(camunda(element, 'decisionRef') ?? ''), `${element.id} asks ${camunda(element, 'decisionRef')}, which is no decision`)
  }
  return when(topic !== undefined || /(Send|Script|Manual)Task$|:Task$/.test(element.$type), `${element.id} is a ${element.$type}`)
})

const errorOf = (element: Element): Element | undefined =>
  ((element.eventDefinitions ?? []) as Element[]).find(({ $type }) => $type === 'bpmn:ErrorEventDefinition')?.errorRef as Element | undefined

/** A thrown error that nobody catches would end the case as if it were done. */
const errors: Rule = ({ elements }) => {
  const catchers = elements.filter(is('BoundaryEvent'))
  const isCaught = (scope: Element | undefined, error: Element): boolean => scope !== undefined && (
    catchers.some(one => one.attachedToRef === scope && errorOf(one) === error) || isCaught(scope.$parent, error))
  return elements.filter(element => is('EndEvent')(element) && errorOf(element)).flatMap(element => {
    const error = errorOf(element)!
    return [
      ...when(!isCaught(element.$parent, error), `${element.id} throws ${String(error.errorCode)}, which nobody catches`),
      ...when(!Object.hasOwn(catalogue, String(error.errorCode)), `${String(error.errorCode)} is not in the catalogue of errors`)
    ]
  })
}

const people: Rule = model => {
  const groups = ['${reviewGroup}', ...model.region.departments.map(({ group }) => group)]
  const offered = new Set<string>()
  const findings = model.elements.filter(is('UserTask')).flatMap(task => {
    const decisions = (extension(task, 'property', 'decisions') ?? '').split(',')
    for (const decision of decisions) offered.add(decision.split('=')[0]!)
    return [
      ...when(!groups.includes(camunda(task, 'candidateGroups') ?? ''), `${task.id} is for no department`),
      ...when(!['review', 'pickup', 'other'].includes(extension(task, 'property', 'kind') ?? ''), `${task.id} has no kind`),
      ...when(!decisions.every(one => /^[a-z]+(-[a-z]+)*=\p{Script=Han}+$/u.test(one)), `${task.id} offers no decisions`),
      ...when(extension(task, 'property', 'kind') === 'review' && camunda(task, 'dueDate') !== '${promisedAt}', `${task.id} is not due on the promised day`)
    ]
  })
  const asked = expressions(model).flatMap(text => [...text.matchAll(/\bdecision == '([^']+)'/g)].map(([, value]) => value!))
  return [...findings, ...asked.filter(value => !offered.has(value)).map(value => `no task offers the decision ${value}`)]
}

/** Which steps of the server return the instants that timers need. */
const INSTANTS: Readonly<Record<string, readonly string[]>> = {
  'common.open-item': ['warnAt', 'promisedAt', 'redAt', 'paymentDeadline'],
  'common.resume-item': ['warnAt', 'promisedAt', 'redAt'],
  'common.open-correction': ['correctionDeadline']
}

const timers: Rule = model => {
  const known = topics(model).flatMap(topic => INSTANTS[topic] ?? [])
  return model.elements.flatMap(element => ((element.eventDefinitions ?? []) as Element[]).filter(is('TimerEventDefinition')).flatMap(timer => {
    const variable = /^\$\{(\w+)\}$/.exec((timer.timeDate as { body?: string } | undefined)?.body ?? '')?.[1]
    return when(!variable || !known.includes(variable), `${element.id} waits for ${variable}, which no step sets`)
  }))
}

/** 预警, 黄牌 and 红牌 stop nothing, and no token of theirs keeps a decided item alive. */
const legalClock: Rule = ({ slug, elements }) => (slug === 'enrolment' ? [] : ['SlaWarn', 'SlaPromised', 'SlaRed'].flatMap(name => {
  const timer = elements.find(({ id }) => id === `BoundaryEvent_${name}`)
  const next = timer?.outgoing?.[0]?.targetRef as Element | undefined
  return when(timer?.cancelActivity !== false || (timer.attachedToRef as Element).id !== 'SubProcess_Handle' || !next || !is('EndEvent')(next),
    `BoundaryEvent_${name} is missing, stops the work, or does not end at once`)
}))

/** One call for each matter, one for each row; each under its own key, with its outcome brought back. */
const umbrella: Rule = ({ slug, region, elements }) => {
  if (slug !== 'enrolment') return []
  const rows = region.matters.find(({ hasRows }) => hasRows)
  const expected = [
    ...region.matters.filter(one => one !== rows).map(one => ({ id: pascal(one.slug), called: one.slug, key: `${camel(one.slug)}ItemId` })),
    ...(rows ? region.insurances : []).map(one => ({ id: `${pascal(one.slug)}Row`, called: rows!.slug, key: `${camel(one.slug)}RowId` }))
  ]
  const calls = elements.filter(is('CallActivity'))
  const wrong = expected.filter(({ id, called, key }) => {
    const call = calls.find(one => one.id === `CallActivity_${id}`)
    if (call?.calledElement !== `${region.slug}-${called}`) return true
    const passed = extensions(call, 'in')
    const out = extensions(call, 'out').map(one => `${String(one.source)}>${String(one.target)}`)
    return !passed.some(one => one.businessKey === `\${${key}}`) || !passed.some(one => one.source === key && one.target === 'itemId')
      || !out.includes(`outcome>${id.endsWith('Row') ? `rowOutcome${id.replace(/Row$/, '')}` : `outcome${id}`}`)
  })
  const inItems = elements.filter(is('CallActivity', 'ServiceTask')).filter(one => one.$parent?.id === 'SubProcess_Items')
  return [
    ...wrong.map(({ id }) => `CallActivity_${id} is missing or passes the wrong things`),
    ...when(calls.length !== expected.length, `${calls.length} call activities instead of ${expected.length}`),
    ...inItems.filter(one => camunda(one, 'asyncAfter') !== 'true').map(({ id }) => `${id} has no asyncAfter`),
    ...elements.filter(is('InclusiveGateway')).filter(one => (one.outgoing ?? []).length > 1 && !one.default).map(({ id }) => `${id} has no default`)
  ]
}

export const RULES: Readonly<Record<string, Rule>> = {
  identity, ids, names, clauses, drawing, labels, code, expressions: allowedExpressions, steps, errors, people, timers, 'legal clock': legalClock, umbrella
}
