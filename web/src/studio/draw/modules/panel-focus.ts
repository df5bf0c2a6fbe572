import type { EventBus } from './services.ts'

const FOCUSABLE = 'button, input, select, textarea, [tabindex="0"], [contenteditable=true]'

interface Place {
  readonly node: Element
  /** Selectors of what it stands in, the smallest first. */
  readonly holders: readonly string[]
  /** Which one it is of those that its smallest holder has. */
  readonly index: number
}

const focusablesIn = (root: Element): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(one => one.checkVisibility())

/**
 * The panel is drawn anew when an element is put down, turned into another kind or given a template, and the field that had the
 * keyboard is gone. What stands in its place gets the keyboard then, so that a person goes on where they were.
 */
export class PanelFocus {
  static $inject = ['eventBus', 'config.propertiesPanel']
  private readonly panel: HTMLElement
  private place: Place | undefined

  constructor(eventBus: EventBus, { parent }: { readonly parent: HTMLElement }) {
    this.panel = parent
    const observer = new MutationObserver(() => this.restore())
    observer.observe(parent, { childList: true, subtree: true })
    const keep = ({ target }: Event): void => { this.place = this.placeOf(target as Element) }
    const leave = ({ relatedTarget }: FocusEvent): void => { if (relatedTarget) this.place = undefined }
    const press = ({ target }: Event): void => { if (!parent.contains(target as Node)) this.place = undefined }
    parent.addEventListener('focusin', keep)
    parent.addEventListener('focusout', leave)
    document.addEventListener('pointerdown', press)
    eventBus.on('diagram.destroy', () => {
      observer.disconnect()
      parent.removeEventListener('focusin', keep)
      parent.removeEventListener('focusout', leave)
      document.removeEventListener('pointerdown', press)
    })
  }

  /** Gives the keyboard to the panel, unless something has it. */
  enter(): void {
    if (document.activeElement === document.body) focusablesIn(this.panel)[0]?.focus()
  }

  private placeOf(node: Element): Place {
    const holders = ['data-entry-id', 'data-group-id'].flatMap(name => {
      const value = node.closest(`[${name}]`)?.getAttribute(name)
      return value ? [`[${name}="${CSS.escape(value)}"]`] : []
    })
    const holder = (holders[0] && node.closest(holders[0])) || this.panel
    return { node, holders, index: focusablesIn(holder).indexOf(node as HTMLElement) }
  }

  private restore(): void {
    if (!this.place || this.place.node.isConnected || document.activeElement !== document.body) return
    const { holders, index } = this.place
    const holder = holders.map(one => this.panel.querySelector(one)).find(Boolean) ?? this.panel
    const all = focusablesIn(holder)
    ;(all[index] ?? all[0])?.focus()
  }
}

export const panelFocusModule = { __init__: ['panelFocus'], panelFocus: ['type', PanelFocus] }
