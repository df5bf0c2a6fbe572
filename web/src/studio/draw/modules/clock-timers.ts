import { isSelectEntryEdited, SelectEntry } from '@bpmn-io/properties-panel'
import type { ModelElement, Shape } from './services.ts'

/** The instants that the legal clock gives out, as a timer asks for them; docs/lint/timers.md. */
const INSTANTS: readonly (readonly [string, string])[] = [
  ['${warnAt}', '预警：承诺时限将到'], ['${promisedAt}', '黄牌：承诺时限'], ['${redAt}', '红牌：法定时限，没有的为承诺后规定天数'],
  ['${correctionDeadline}', '补正期限'], ['${paymentDeadline}', '缴费期限']
]

interface Group { readonly id: string; readonly label?: string; readonly entries?: readonly object[] }
interface Panel { registerProvider(priority: number, provider: object): void }
interface Modeling { updateModdleProperties(shape: Shape, element: ModelElement, properties: object): void }
interface Factory { create(type: string, attributes: object): object }

const timerOf = ({ businessObject }: Shape): ModelElement | undefined =>
  businessObject.eventDefinitions?.find(({ $type }) => $type === 'bpmn:TimerEventDefinition')

/** A group of the panel in which a timer is set to an instant of the legal clock, in place of the engine's free text. */
class ClockTimers {
  static $inject = ['propertiesPanel', 'modeling', 'bpmnFactory', 'translate']
  private readonly modeling: Modeling
  private readonly factory: Factory

  constructor(panel: Panel, modeling: Modeling, factory: Factory) {
    this.modeling = modeling
    this.factory = factory
    panel.registerProvider(400, this)
  }

  getGroups(shape: Shape) {
    return (groups: readonly Group[]): readonly Group[] => {
      const timer = timerOf(shape)
      if (!timer) return groups
      const entry = { id: 'legal-clock-instant', component: this.entry(timer), isEdited: isSelectEntryEdited }
      return [...groups.filter(({ id }) => id !== 'timer'), { id: 'legal-clock', label: '法定时钟', entries: [entry] }]
    }
  }

  private entry(timer: ModelElement) {
    const written = (): string => (timer.get('timeDate') as { body?: string } | undefined)?.body ?? ''
    return (props: { element: Shape }) => SelectEntry({
      ...props, id: 'legal-clock-instant', label: '触发的时刻', debounce: false,
      getValue: written,
      setValue: (body: string) => this.modeling.updateModdleProperties(props.element, timer, {
        timeDate: body ? this.factory.create('bpmn:FormalExpression', { body }) : undefined, timeDuration: undefined, timeCycle: undefined
      }),
      getOptions: () => {
        const isOther = written() !== '' && !INSTANTS.some(([value]) => value === written())
        const other = isOther ? [{ value: written(), label: written() }] : []
        return [{ value: '', label: '（未选）' }, ...other, ...INSTANTS.map(([value, label]) => ({ value, label }))]
      }
    })
  }
}

export const clockTimersModule = { __init__: ['clockTimers'], clockTimers: ['type', ClockTimers] }
