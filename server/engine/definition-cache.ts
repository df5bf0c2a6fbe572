import { XMLParser } from 'fast-xml-parser'
import { elapsed } from '../../core/elapsed.ts'
import type { EngineGateway } from './gateway.ts'

export interface TaskDecision {
  readonly value: string
  readonly label: string
}

/** What a user task says about itself in the model; the engine tells it by the XML alone (engine-notes C6). */
export interface UserTaskModel {
  readonly kind: string
  readonly decisions: readonly TaskDecision[]
  /** Candidate groups as written: names, or an expression such as `${reviewGroup}`. */
  readonly candidateGroups: string | null
  /** Due date as written, e.g. `${promisedAt}`. */
  readonly dueDate: string | null
  /** What the clerk has to do and by which clause, as the model says it; '' when it says nothing. */
  readonly documentation: string
}

export interface ProcessModel {
  readonly userTasks: ReadonlyMap<string, UserTaskModel>
  /** Topics of its external tasks, each with the names of the steps that carry it. */
  readonly topics: ReadonlyMap<string, ReadonlySet<string>>
  /** Keys of the decision tables that it asks. */
  readonly decisions: ReadonlySet<string>
}

export interface DefinitionCache {
  /** Model of one version; read once, as a version never changes. */
  model(definitionId: string): Promise<ProcessModel>
  /** Model of the latest version of a process; looked up again every few seconds. Undefined when none is deployed. */
  latest(key: string): Promise<ProcessModel | undefined>
}

type Source = Pick<EngineGateway, 'processXml' | 'processDefinition'>

const LATEST_FOR = 5000
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true })

const shared = new WeakMap<Source, DefinitionCache>()

/** The cache that all who use one engine share. */
export function definitionsOf({ engine }: { readonly engine: Source }): DefinitionCache {
  const known = shared.get(engine) ?? createDefinitionCache(engine)
  shared.set(engine, known)
  return known
}

/** Makes a cache over an engine; `now` is the time (ms) by which it ages. */
export function createDefinitionCache(engine: Source, now: () => number = elapsed): DefinitionCache {
  const models = new Map<string, Promise<ProcessModel>>()
  const latest = new Map<string, { readonly until: number; readonly id: Promise<string | undefined> }>()
  const model = (definitionId: string): Promise<ProcessModel> => {
    const known = models.get(definitionId)
    if (known) return known
    const asked = engine.processXml(definitionId).then(readProcessModel)
    asked.catch(() => models.delete(definitionId))
    models.set(definitionId, asked)
    return asked
  }
  return {
    model,
    async latest(key) {
      const known = latest.get(key)
      const entry = known && known.until > now() ? known
        : { until: now() + LATEST_FOR, id: engine.processDefinition(key).then(definition => definition?.id) }
      entry.id.catch(() => latest.delete(key))
      latest.set(key, entry)
      const id = await entry.id
      return id === undefined ? undefined : model(id)
    }
  }
}

/** Reads what the server needs from a process's BPMN. */
export function readProcessModel(xml: string): ProcessModel {
  const userTasks = new Map<string, UserTaskModel>()
  const topics = new Map<string, Set<string>>()
  const decisions = new Set<string>()
  for (const { name, attributes, children } of everyElement(parser.parse(xml) as RawNode[])) {
    if (attributes.topic) {
      const { topic, name: step = topic } = attributes
      topics.set(topic, new Set([...topics.get(topic) ?? [], step]))
    }
    if (attributes.decisionRef) decisions.add(attributes.decisionRef)
    if (name === 'userTask' && attributes.id) userTasks.set(attributes.id, toUserTask(attributes, children))
  }
  return { userTasks, topics, decisions }
}

type RawNode = Record<string, unknown>

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly RawNode[]
}

function* everyElement(nodes: readonly RawNode[]): Generator<Element> {
  for (const node of nodes) {
    const name = Object.keys(node).find(key => key !== ':@')
    if (name === undefined || name === '#text') continue
    const children = node[name] as RawNode[]
    yield { name, attributes: (node[':@'] ?? {}) as Record<string, string>, children }
    yield* everyElement(children)
  }
}

function toUserTask(attributes: Readonly<Record<string, string>>, children: readonly RawNode[]): UserTaskModel {
  const properties = new Map([...everyElement(children)].filter(({ name }) => name === 'property')
    .map(({ attributes: property }) => [property.name ?? '', property.value ?? '']))
  return {
    kind: properties.get('kind') ?? 'other',
    decisions: readDecisions(properties.get('decisions') ?? ''),
    candidateGroups: attributes.candidateGroups ?? null,
    dueDate: attributes.dueDate ?? null,
    documentation: textIn(children.find(child => 'documentation' in child)?.documentation)
  }
}

function textIn(nodes: unknown): string {
  return ((nodes ?? []) as RawNode[]).map(node => String(node['#text'] ?? '')).join('').trim()
}

/** `approve=通过,reject=不通过` → value and label of each; a task without the property can only be marked as done. */
export function readDecisions(text: string): TaskDecision[] {
  const decisions = text.split(',').map(part => part.trim()).filter(Boolean).map(part => {
    const [value = '', label] = part.split('=').map(side => side.trim())
    return { value, label: label || value }
  })
  return decisions.length > 0 ? decisions : [{ value: 'done', label: '已办理' }]
}
