import TokenCount from 'bpmn-js-token-simulation/lib/features/token-count/TokenCount.js'
import type { Canvas, ElementRegistry, EventBus, Shape } from './services.ts'

/** Below this size of the diagram the simulation shows none of its buttons. */
const SMALLEST = 0.5

interface Scope {
  readonly id: string
  getTokensByElement(element: object): number
}

/** Counts tokens without the style attribute that the content security policy refuses; draw.css gives the colour. */
class PlainTokenCount extends TokenCount {
  _getTokenHTML(element: object, scope: Scope): string {
    const shade = this._scopeFilter.isShown(scope) ? '' : 'inactive'
    return `<div data-scope-id="${scope.id}" class="bts-token-count waiting ${shade}">${scope.getTokensByElement(element)}</div>`
  }
}

/** Brings the beginning of the process so near, when the simulation is switched on, that there is something to press. */
function comeNear(eventBus: EventBus, canvas: Canvas, registry: ElementRegistry): void {
  eventBus.on('tokenSimulation.toggleMode', ({ active }: { active: boolean }) => {
    if (!active || canvas.zoom() >= SMALLEST) return
    canvas.zoom(SMALLEST)
    const [start] = registry.filter(({ businessObject }: Shape) => businessObject.$type === 'bpmn:StartEvent' && businessObject.$parent?.$type === 'bpmn:Process')
    if (start) canvas.scrollToElement(start.id)
  })
}
comeNear.$inject = ['eventBus', 'canvas', 'elementRegistry']

/** The simulation in one colour: colours by chance would be written as style attributes, and tell nobody anything. */
export const plainSimulationModule = {
  __init__: [comeNear],
  coloredScopes: ['value', null] as const,
  tokenCount: ['type', PlainTokenCount] as const
}
