import { formatYuan } from '../../../core/money.ts'
import type { Region } from '../../../core/region.ts'
import type { JsonSchema } from '../../services/forms/form-bundle.ts'
import { textWidth } from './cells.ts'
import { chineseDate, placeName } from './chinese.ts'
import type { Cell, Field } from './paper.ts'

type Ui = Readonly<Record<string, unknown>>

/** One property of a form: its schema, how the page presents it, and what was written. A draft may hold anything. */
export interface FormValue {
  readonly key: string
  readonly schema: JsonSchema
  readonly ui: Ui
  readonly value: unknown
}

interface Option {
  readonly const: unknown
  readonly title: string
}

const HALF_CELL = 155
/** Only a draft can hold more than this: no field and no list of a form that was submitted is longer. */
const MAX_CHARS = 200
const MAX_ROWS = 50

/** The properties of an object schema with their values, in the order of its page. */
export function propertiesOf(schema: JsonSchema, ui: Ui, value: unknown): FormValue[] {
  const properties = asObject(schema.properties) as Record<string, JsonSchema>
  const order = ((ui['ui:order'] ?? []) as string[]).filter(key => key in properties)
  const values = asObject(value)
  return [...new Set([...order, ...Object.keys(properties)])].map(key =>
    ({ key, schema: properties[key]!, ui: asObject(ui[key]), value: values[key] }))
}

/** What 附件2 does not print (`x-extra`) stands on the paper only where it was filled in. */
export function isPrinted({ schema, value }: Pick<FormValue, 'schema' | 'value'>): boolean {
  return !('x-extra' in schema) || (value !== undefined && value !== null && value !== '')
}

/** Whether a property is a list of rows, to be printed as a table of its own. */
export function isTable({ schema }: Pick<FormValue, 'schema'>): boolean {
  return schema.type === 'array' && asObject(schema.items).type === 'object'
}

/** The rows of a list; anything that is no object is no row. */
export function rowsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.slice(0, MAX_ROWS).map(asObject) : []
}

/** A property as labelled field. Boxes and long texts take a line of their own. */
export function fieldOf(region: Region, property: FormValue): Field {
  const cell = cellOf(region, property)
  const { schema, key } = property
  return { label: String(schema.title ?? key), cell, isWide: isWide(schema, cell) }
}

/** What was written, as people read it: boxes for choices, names for codes, yuan for fen. */
export function cellOf(region: Region, property: FormValue): Cell {
  const { schema, ui, value } = property
  if (schema.type === 'object') {
    const isExtra = 'x-extra' in schema
    const inner = propertiesOf(schema, ui, value).filter(part => isPrinted(part) && (!isExtra || part.value !== undefined))
    return { parts: inner.map(part => ({ label: String(part.schema.title ?? part.key), cell: cellOf(region, part) })) }
  }
  if (schema.type === 'boolean') return boxes([{ const: true, title: '是' }, { const: false, title: '否' }], [value])
  if (schema.type === 'array') {
    return boxes(optionsOf(asObject(schema.items)), Array.isArray(value) ? value : [])
  }
  const options = optionsOf(schema)
  // Code lists of a national standard are long, and one writes the entry down: 附件2 has blanks for them.
  const isCodeList = String(schema.description ?? '').startsWith('GB/T')
  if (options.length > 0 && !isCodeList) return boxes(options, [value])
  return textOf(region, property)
}

function boxes(options: readonly Option[], chosen: readonly unknown[]): Cell {
  return { choices: options.map(option => ({ label: option.title, isChosen: chosen.includes(option.const) })) }
}

/** A value as plain text, for the narrow cells of a table. */
export function textOf(region: Region, { key, schema, ui, value }: FormValue): string {
  if (Array.isArray(value)) {
    const items = asObject(schema.items)
    return value.slice(0, MAX_ROWS).map(one => textOf(region, { key, schema: items, ui, value: one })).join('、')
  }
  const option = optionsOf(schema).find(one => one.const === value)
  if (option) return option.title
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return numberText(key, schema, value)
  if (typeof value !== 'string') return ''
  if (schema['x-division'] === true && /^\d{6}(\d{6})?$/.test(value)) return placeName(region, value)
  return schema.format === 'date' || schema.maxLength === 7 ? chineseDate(cut(value)) : cut(value)
}

function cut(text: string): string {
  const chars = [...text.slice(0, 2 * MAX_CHARS)]
  return chars.length > MAX_CHARS ? `${chars.slice(0, MAX_CHARS).join('')}…` : text
}

function numberText(key: string, schema: JsonSchema, value: number): string {
  if (schema['x-unit'] === 'fen' && Number.isSafeInteger(value)) return `${formatYuan(value)}元`
  return key.endsWith('BasisPoints') ? `${value / 100}%` : String(value)
}

function optionsOf(schema: JsonSchema): readonly Option[] {
  return (schema.oneOf ?? []) as readonly Option[]
}

function isWide(schema: JsonSchema, cell: Cell): boolean {
  const { maxLength = 0 } = schema
  if (typeof cell === 'string') return schema['x-division'] === true || Number(maxLength) > 100 || textWidth(cell, 9) > 2 * HALF_CELL
  if ('parts' in cell) return true
  return cell.choices.reduce((sum, { label }) => sum + textWidth(label, 9) + 17, 0) > HALF_CELL
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}
}
