import TokenCount from 'bpmn-js-token-simulation/lib/features/token-count/TokenCount.js'

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

/** The simulation in one colour: colours by chance would be written as style attributes, and tell nobody anything. */
export const plainSimulationModule = {
  coloredScopes: ['value', null] as const,
  tokenCount: ['type', PlainTokenCount] as const
}
