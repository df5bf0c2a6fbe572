/** The parts of two packages without types that the tests of the diagrams use. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    /** `packages`: descriptions of vendors' names, by prefix; without one, what they name is read as it stands. */
    constructor(packages?: Readonly<Record<string, object>>)
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }>
    toXML(element: unknown, options?: { format?: boolean }): Promise<{ xml: string }>
    create(type: string, attributes?: object): object
  }
}

declare module 'bpmnlint' {
  interface Finding { id: string; message: string; category: 'error' | 'warn' | 'info' | 'rule-error' }
  export class Linter {
    constructor(options: { config: object; resolver: object })
    lint(definitions: unknown): Promise<Record<string, Finding[]>>
  }
}

declare module 'bpmnlint/lib/resolver/node-resolver.js' {
  export default class NodeResolver {}
}
