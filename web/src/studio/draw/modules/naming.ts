import BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory'

/** Beginning of the id of a new element by its type; docs/lint/ids.md. The first that fits holds. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/:StartEvent$/, 'StartEvent'], [/:EndEvent$/, 'EndEvent'], [/:BoundaryEvent$/, 'BoundaryEvent'], [/:CallActivity$/, 'CallActivity'],
  [/:SubProcess$/, 'SubProcess'], [/Gateway$/, 'Gateway'], [/:SequenceFlow$/, 'SequenceFlow'], [/Task$/, 'Task'],
  [/:Message$/, 'Message'], [/:Error$/, 'Error']
]

interface Moddle { readonly ids: { nextPrefixed(prefix: string, element: object): string } }
interface Named { readonly $type: string; id?: string }

/** New elements get ids of the form that the rules ask for, so that a designer renames only what should tell more. */
class HouseFactory extends BpmnFactory {
  _ensureId(element: Named): void {
    const prefix = PREFIXES.find(([type]) => type.test(element.$type))?.[1]
    const { _model: moddle } = this as unknown as { _model: Moddle }
    if (prefix && !element.id) element.id = moddle.ids.nextPrefixed(`${prefix}_New`, element)
    else (BpmnFactory.prototype as unknown as { _ensureId(one: Named): void })._ensureId.call(this, element)
  }
}

export const namingModule = { bpmnFactory: ['type', HouseFactory] }
