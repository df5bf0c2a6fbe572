import type { EventBus } from './services.ts'

const KEY = 'studio-clipboard'

interface Clipboard { get(): unknown; set(tree: unknown): void }
interface Moddle { create(type: string, attributes: object): object; getTypeDescriptor(type: string): object | undefined }

/** What was copied in one diagram may be pasted in another tab or draft: the tree goes through the browser's own store. */
function Shared(eventBus: EventBus, clipboard: Clipboard, moddle: Moddle): void {
  eventBus.on<{ tree: unknown }>('copyPaste.elementsCopied', ({ tree }) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(tree))
    } catch {
      // A full or forbidden store leaves copying inside of this diagram, which the modeller does itself.
    }
  })
  const read = (): void => {
    const text = localStorage.getItem(KEY)
    if (text) clipboard.set(JSON.parse(text, reviver(moddle)))
  }
  read()
  window.addEventListener('storage', read)
  eventBus.on('diagram.destroy', () => window.removeEventListener('storage', read))
}
Shared.$inject = ['eventBus', 'clipboard', 'moddle']

/** Makes elements of the model of what was written; `$type` says which, and what has one id is one element. */
function reviver(moddle: Moddle) {
  const known = new Map<string, object>()
  return (_key: string, value: unknown): unknown => {
    if (!isElement(value) || !moddle.getTypeDescriptor(value.$type)) return value
    const { $type, ...attributes } = value
    const made = known.get(value.id ?? '') ?? moddle.create($type, attributes)
    if (value.id) known.set(value.id, made)
    return made
  }
}

function isElement(value: unknown): value is { readonly $type: string; readonly id?: string } {
  return typeof value === 'object' && value !== null && typeof (value as { $type?: unknown }).$type === 'string'
}

export const clipboardModule = { __init__: ['sharedClipboard'], sharedClipboard: ['type', Shared] }
