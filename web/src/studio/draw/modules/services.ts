/** What of the modeller's services we call, by the names under which `modeler.get` knows them. */
export interface EventBus {
  on<T>(event: string | readonly string[], listener: (event: T) => void): void
  on<T>(event: string | readonly string[], priority: number, listener: (event: T) => void): void
  off(event: string | readonly string[], listener: unknown): void
}

export interface Canvas {
  zoom(): number
  zoom(factor: number | 'fit-viewport', center?: 'auto'): number
  addMarker(element: string, marker: string): void
  removeMarker(element: string, marker: string): void
  scrollToElement(element: string): void
  focus(): void
}

export interface Shape {
  readonly id: string
  readonly businessObject: ModelElement
}

export interface ModelElement {
  readonly $type: string
  readonly id: string
  readonly eventDefinitions?: readonly ModelElement[]
  readonly $parent?: ModelElement
  get(name: string): unknown
}

export interface ElementRegistry { get(id: string): Shape | undefined; filter(holds: (shape: Shape) => boolean): Shape[] }
export interface Selection { select(shape: Shape | null): void }
export interface CommandStack { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean }
