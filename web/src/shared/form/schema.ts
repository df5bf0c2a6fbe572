/** A part of a form as `GET regions/:r/forms` gives it: JSON Schema draft 7 without references. */
export interface Schema {
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly { readonly const: string; readonly title: string }[]
  readonly items?: Schema
  readonly contains?: Schema
  readonly properties?: Readonly<Record<string, Schema | boolean>>
  readonly required?: readonly string[]
  readonly readOnly?: boolean
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly allOf?: readonly Schema[]
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
  readonly 'x-messages'?: Readonly<Record<string, string>>
  readonly 'x-window-only'?: readonly string[]
  readonly 'x-division'?: boolean
  readonly 'x-unit'?: string
}

/** How a part is to look: order, help, widgets, and the same for what lies below. */
export interface Ui {
  readonly 'ui:order'?: readonly string[]
  readonly 'ui:help'?: string
  readonly 'ui:widget'?: string
  readonly 'ui:autocomplete'?: string
  readonly 'ui:options'?: {
    readonly inputType?: string
    /** Choices to put first. */
    readonly first?: readonly string[]
    /** Of the fields below, only those that have to be filled in as the form stands. */
    readonly onlyRequired?: boolean
  }
  readonly notices?: readonly string[]
  readonly declaration?: string
  readonly [part: string]: unknown
}

export type Fields = Readonly<Record<string, unknown>>

/** One field that is asked in the present state of the form. */
export interface AskedField {
  readonly name: string
  readonly schema: Schema
  readonly ui: Ui
  readonly isRequired: boolean
}

/** The fields of an object that are asked as it stands: conditions may add, require or rule out some. In the order of `ui`. */
export function askedFields(schema: Schema, ui: Ui, value: Fields): AskedField[] {
  const parts = [schema, ...branches(schema, value)]
  const required = new Set(parts.flatMap(part => part.required ?? []))
  const isRuledOut = (name: string): boolean => parts.some(part => part.properties?.[name] === false)
  const names = Object.keys(schema.properties ?? {})
  const order = ui['ui:order'] ?? []
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  const isNeeded = (name: string): boolean => !ui['ui:options']?.onlyRequired || required.has(name) || value[name] !== undefined
  return names
    .filter(name => !isRuledOut(name) && isNeeded(name))
    .sort((one, other) => place(one) - place(other))
    .flatMap(name => {
      const field = schema.properties![name]
      if (typeof field !== 'object' || (field.readOnly && value[name] === undefined)) return []
      return [{ name, schema: field, ui: (ui[name] ?? {}) as Ui, isRequired: required.has(name) }]
    })
}

/** The conditional parts that apply: `allOf`, and `then` or `else`, below each other. */
function branches(schema: Schema, value: Fields): Schema[] {
  const direct = [...schema.allOf ?? []]
  if (schema.if) {
    const branch = holds(schema.if, value) ? schema.then : schema.else
    if (branch) direct.push(branch)
  }
  return direct.flatMap(part => [part, ...branches(part, value)])
}

/** A copy without the fields that its conditions rule out, at every depth: what is no longer asked must not be sent. */
export function withoutUnasked(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return schema.items ? value.map(one => withoutUnasked(schema.items!, one)) : value
  if (schema.type !== 'object' || typeof value !== 'object' || value === null) return value
  const ruledOut = branches(schema, value as Fields).flatMap(part =>
    Object.entries(part.properties ?? {}).filter(([, one]) => one === false).map(([name]) => name))
  const kept = Object.entries(value).filter(([name]) => !ruledOut.includes(name))
  return Object.fromEntries(kept.map(([name, one]) => {
    const part = schema.properties?.[name]
    return [name, typeof part === 'object' ? withoutUnasked(part, one) : one]
  }))
}

/** Whether a value meets the conditions that our forms write into an `if`; the whole of JSON Schema is left to the server. */
export function holds(condition: Schema, value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if ('const' in condition && value !== condition.const) return false
  if (condition.enum && !condition.enum.includes(value)) return false
  if (condition.type === 'array' && !Array.isArray(value)) return false
  if (condition.contains && Array.isArray(value) && !value.some(one => holds(condition.contains!, one))) return false
  if (condition.allOf && !condition.allOf.every(part => holds(part, value))) return false
  if (!isObject) return !(condition.type === 'object' && value !== undefined)
  const fields = value as Fields
  if (condition.required?.some(name => fields[name] === undefined)) return false
  return Object.entries(condition.properties ?? {}).every(([name, part]) =>
    typeof part === 'boolean' || fields[name] === undefined || holds(part, fields[name]))
}

/** The choices of a field, those that `ui` wants first in front. */
export function optionsOf(schema: Schema, ui: Ui): readonly { readonly const: string; readonly title: string }[] {
  const all = schema.oneOf ?? []
  const first = ui['ui:options']?.first ?? []
  return [...all.filter(one => first.includes(one.const)), ...all.filter(one => !first.includes(one.const))]
}

/** What a person would say of a value: the title of a choice, 是 or 否, an amount in yuan, a date, a division by its name. */
export function spoken(schema: Schema, value: unknown, nameOf: (division: string) => string = code => code): string {
  if (value === undefined || value === null || value === '') return ''
  if (Array.isArray(value)) return value.map(one => spoken(schema.items ?? {}, one, nameOf)).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (schema['x-unit'] === 'fen' && typeof value === 'number') return `${yuan(value)}元`
  if (schema['x-division']) return nameOf(String(value))
  return schema.oneOf?.find(one => one.const === value)?.title ?? String(value)
}

/** Fen as yuan with two decimals. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** Yuan as typed, in fen; `undefined` when empty, the text itself when it is no amount, for the server to complain about. */
export function fenOf(text: string): number | string | undefined {
  const plain = text.replace(/[,，\s]/g, '')
  if (plain === '') return undefined
  return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : text
}
