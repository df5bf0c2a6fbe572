import { BpmnModdle } from 'bpmn-moddle'
import camunda from 'camunda-bpmn-moddle/resources/camunda.json' with { type: 'json' }

/** What a designer writes into the panel of one element; `''` takes away. */
export interface Completion {
  readonly id?: string
  /** Attributes by their name in the file, e.g. `camunda:topic`. */
  readonly attributes?: Readonly<Record<string, string | boolean>>
  readonly documentation?: string
  /** Extension properties, e.g. `kind`. */
  readonly properties?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  /** Instant of a timer. */
  readonly timeDate?: string
  /** Condition of a flow. */
  readonly condition?: string
  /** Of a gateway: id, in the file as it was, of the flow without a condition. */
  readonly default?: string
}

interface Model {
  readonly $type: string
  readonly id?: string
  readonly eventDefinitions?: readonly Model[]
  readonly rootElements?: readonly Model[]
  readonly flowElements?: readonly Model[]
  get(name: string): unknown
  set(name: string, value: unknown): void
}

/** A diagram with its elements completed, by the id that each has now; everything else stays as it is. Throws for an unknown id. */
export async function completed(xml: string, completions: Readonly<Record<string, Completion>>): Promise<string> {
  const moddle = new BpmnModdle({ camunda })
  const { rootElement } = await moddle.fromXML(xml)
  const all = new Map(everything((rootElement as Model).rootElements ?? []).map(model => [model.id!, model]))
  const known = (id: string): Model => all.get(id) ?? (() => { throw new Error(`there is no ${id}`) })()
  const make = (type: string, attributes: object): object => moddle.create(type, attributes)
  const named = (type: string, values: Readonly<Record<string, string>>) => Object.entries(values).map(([name, value]) => make(type, { name, value }))
  for (const [id, { attributes = {}, documentation, properties, inputs, timeDate, condition, default: usual }] of Object.entries(completions)) {
    const model = known(id)
    for (const [name, value] of Object.entries(attributes)) model.set(name, value)
    if (documentation) model.set('documentation', [make('bpmn:Documentation', { text: documentation })])
    const values = [
      ...properties ? [make('camunda:Properties', { values: named('camunda:Property', properties) })] : [],
      ...inputs ? [make('camunda:InputOutput', { inputParameters: named('camunda:InputParameter', inputs) })] : []
    ]
    if (values.length > 0) model.set('extensionElements', make('bpmn:ExtensionElements', { values }))
    if (timeDate) model.eventDefinitions![0]!.set('timeDate', make('bpmn:FormalExpression', { body: timeDate }))
    if (condition) model.set('conditionExpression', make('bpmn:FormalExpression', { body: condition }))
    if (usual) model.set('default', known(usual))
  }
  // Last, so that one completion finds the elements of another by what they are called in the file.
  for (const [id, completion] of Object.entries(completions)) if (completion.id) known(id).set('id', completion.id)
  return (await moddle.toXML(rootElement, { format: true })).xml
}

function everything(models: readonly Model[]): Model[] {
  return models.flatMap(model => [model, ...everything(model.flowElements ?? [])])
}
