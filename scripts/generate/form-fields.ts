import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../../server/services/forms/form-bundle.ts'
import type { FormPart } from '../../server/services/forms/form-bundle.ts'

/** One thing that the printed form holds: a place to write, a box to tick, or words to read. */
export interface FormEntry {
  readonly kind: 'field' | 'option' | 'note'
  /** As printed. */
  readonly label: string
  /** More print that belongs to it. */
  readonly printed?: string
  /** `<part>#/<field>/…`, `*` for each row; of a note `<part>.ui#/…`. */
  readonly path?: string
  /** Of an option: the values that it stands for. */
  readonly values?: readonly (string | boolean)[]
  /** Of a box that chooses a matter. */
  readonly matter?: string
  /** In words, where it is filled when that is no field of the schemas. */
  readonly filledAt?: string
}

export interface FormFields {
  readonly annex: string
  readonly notice: string
  /** The words between which the form is printed. */
  readonly from: string
  readonly until: string
  /** Print that only orders the others. */
  readonly headings: readonly string[]
  readonly sections: readonly { readonly title: string; readonly part: string; readonly entries: readonly FormEntry[] }[]
}

/** A field of the schemas: its path, and the values that it lists. */
export interface SchemaField {
  readonly path: string
  readonly title: string
  readonly values: readonly (string | boolean)[]
  /** The clause that asks for it beyond the printed form. */
  readonly extra?: string
}

interface Schema {
  readonly type?: string
  readonly title?: string
  readonly 'x-extra'?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly oneOf?: readonly { readonly const: string }[]
}

export const readFormFields = (region: string): FormFields =>
  JSON.parse(readFileSync(join('regions', region, 'form-fields.json'), 'utf8')) as FormFields

/** Every field of every part of a region's form; one with `x-extra` stands for all below it. */
export function schemaFields(region: string): SchemaField[] {
  return Object.entries(partsOf(region)).flatMap(([name, { schema }]) => walk(schema as Schema, `${name}#`))
}

function walk(schema: Schema, path: string): SchemaField[] {
  const extra = schema['x-extra']
  const inner = schema.properties ?? (schema.items?.properties ? { '*': schema.items } : undefined)
  if (inner && extra === undefined) return Object.entries(inner).flatMap(([name, child]) => walk(child, `${path}/${name}`))
  const listed = (schema.oneOf ?? schema.items?.oneOf ?? []).map(option => option.const)
  return [{ path, title: schema.title ?? '', values: schema.type === 'boolean' ? [true, false] : listed, extra }]
}

/** What stands at `<part>.ui#/…`; undefined when nothing does. */
export function uiText(region: string, path: string): unknown {
  const [name = '', place = ''] = path.split('.ui#/')
  return place.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], partsOf(region)[name]?.ui)
}

function partsOf(region: string): Record<string, FormPart> {
  const { common, agent, matters } = bundle(region)
  return { common, agent, ...matters }
}
