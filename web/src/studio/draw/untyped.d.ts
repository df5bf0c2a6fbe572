/** The modeller's packages that bring no types; each is a module of diagram-js. */
declare module 'bpmn-js-properties-panel' {
  import type { ModuleDeclaration } from 'didi'
  export const BpmnPropertiesPanelModule: ModuleDeclaration
  export const BpmnPropertiesProviderModule: ModuleDeclaration
  export const CamundaPlatformPropertiesProviderModule: ModuleDeclaration
}
declare module 'bpmn-js-element-templates' {
  import type { ModuleDeclaration } from 'didi'
  export const ElementTemplatesPropertiesProviderModule: ModuleDeclaration
}
declare module 'bpmn-js-token-simulation' {
  import type { ModuleDeclaration } from 'didi'
  const module: ModuleDeclaration
  export default module
}
declare module 'bpmn-js-color-picker' {
  import type { ModuleDeclaration } from 'didi'
  const module: ModuleDeclaration
  export default module
}
declare module 'diagram-js-minimap' {
  import type { ModuleDeclaration } from 'didi'
  const module: ModuleDeclaration
  export default module
}
declare module 'camunda-bpmn-js-behaviors/lib/camunda-platform/index.js' {
  import type { ModuleDeclaration } from 'didi'
  const module: ModuleDeclaration
  export default module
}
declare module '@bpmn-io/properties-panel' {
  export function SelectEntry(props: object): object
  export function isSelectEntryEdited(node: object): boolean
}
declare module 'bpmn-js-token-simulation/lib/features/token-count/TokenCount.js' {
  export default class TokenCount {
    protected readonly _scopeFilter: { isShown(scope: object): boolean }
  }
}
