import type { Fields } from './schema.ts'

const partsOf = (pointer: string): string[] => pointer.split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value at a JSON pointer, `undefined` where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>((value, part) =>
    (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined), root)
}

/** A copy with another value at a JSON pointer, made where nothing was; `undefined` takes the field away. */
export function withValueAt<T extends object>(root: T, pointer: string, value: unknown): T {
  return put(root, partsOf(pointer), value) as T
}

function put(root: unknown, [part, ...rest]: string[], value: unknown): unknown {
  if (part === undefined) return value
  if (Array.isArray(root)) return root.map((one, index) => (String(index) === part ? put(one, rest, value) : one))
  const { [part]: before, ...others } = (root ?? {}) as Fields
  const after = put(before, rest, value)
  if (after === undefined) return others
  return part in ((root ?? {}) as object) ? { ...(root as object), [part]: after } : { ...others, [part]: after }
}

/** The id of the control of a field, which the summary of mistakes leads to. */
export function controlId(pointer: string): string {
  return `field${pointer.replaceAll('/', '-')}`
}
