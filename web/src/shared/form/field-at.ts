import { valueAt } from './pointer.ts'
import type { Schema, Ui } from './schema.ts'

interface Part {
  readonly schema: Schema
  readonly ui: Ui
}

interface Forms {
  readonly common: Part
  readonly agent?: Part
  readonly matters: Readonly<Record<string, Part>>
}

/** Schema and looks of the field at a JSON pointer into an application's content, `undefined` when the form has none. */
export function fieldAt(forms: Forms, pointer: string): Part | undefined {
  const [, room, ...rest] = pointer.split('/')
  if (room === 'items') return below(forms.matters[rest[0] ?? ''], rest.slice(1))
  return below(room === 'common' ? forms.common : room === 'agent' ? forms.agent : undefined, rest)
}

function below(part: Part | undefined, [name, ...rest]: string[]): Part | undefined {
  if (!part || name === undefined) return part
  const { schema, ui } = part
  if (schema.type === 'array') return schema.items && below({ schema: schema.items, ui: (ui.items ?? {}) as Ui }, rest)
  const field = valueAt(schema.properties, `/${name}`)
  return typeof field === 'object' && field !== null ? below({ schema: field as Schema, ui: (ui[name] ?? {}) as Ui }, rest) : undefined
}
