import fc from 'fast-check'

/** The part of JSON Schema that `openapi.yaml` uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
}

/** Finds what a `$ref` of the document points to. */
export type Resolve = (ref: string) => Schema

/** Names that some schema of ours gives to things that exist: drawing one of them reaches deeper than chance would. */
export type Known = Readonly<Record<string, readonly string[]>>

/** What has broken servers before: the wrong kind, the empty, the huge, the invisible, the special name. */
const ODD: readonly unknown[] = [
  null, true, -1, 0, 1e308, 9007199254740993, '', ' ', '\u0000', 'a\u0000b', '\ud800', '䶮·买买提', '😀', '１２３', "' or 1=1 --", '${1+1}', '../../etc/passwd',
  '<img src=x onerror=alert(1)>', '=HYPERLINK("x")', '2024-02-30', '2026-13-01T99:99:99Z', 'x'.repeat(20_000), [], {}, [[]], { $where: '1' },
  { constructor: { prototype: 1 } }
]

const odd = fc.constantFrom(...ODD)

/** Makes a value for a schema; `name` is the member's or parameter's own, by which `known` offers values that exist. */
export type Maker = (schema: Schema, name?: string, depth?: number) => fc.Arbitrary<unknown>

const DEEP = 4

/** Most often the values that a schema allows, in one of ten places something else. */
export function makerOf(resolve: Resolve, known: Known): Maker {
  const make: Maker = (schema, name = '', depth = 0) => (schema.$ref
    ? make(resolve(schema.$ref), name, depth)
    : fc.oneof({ weight: 9, arbitrary: allowedBy(schema, name, depth) }, { weight: 1, arbitrary: odd }))

  function allowedBy(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    const choices = schema.oneOf ?? schema.anyOf
    if (choices) return fc.oneof(...choices.map(one => make(one, name, depth)))
    if (schema.allOf) {
      return fc.tuple(...schema.allOf.map(one => make(one, name, depth))).map(parts => Object.assign({}, ...parts) as unknown)
    }
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type ?? [schema.properties ? 'object' : 'string']
    return fc.oneof(...types.map(type => ofType(type, schema, name, depth)))
  }

  function ofType(type: string, schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case 'null': return fc.constant(null)
      case 'boolean': return fc.boolean()
      case 'integer': return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 1_000_000 })
      case 'number': return fc.double({ min: schema.minimum ?? -5, max: schema.maximum ?? 1e6, noNaN: true })
      case 'array': return fc.array(depth > DEEP ? fc.constant(null) : make(schema.items ?? {}, name, depth + 1),
        { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 5) })
      case 'object': return ofObject(schema, depth)
      default: return text(schema, known[name] ?? [])
    }
  }

  function ofObject(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const members = Object.entries(schema.properties ?? {})
    if (depth > DEEP || members.length === 0) return fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.string(), odd), { maxKeys: 3 })
    const requiredKeys = members.map(([key]) => key).filter(key => schema.required?.includes(key))
    return fc.record(Object.fromEntries(members.map(([key, one]) => [key, make(one, key, depth + 1)])), { requiredKeys })
  }

  return make
}

function text(schema: Schema, existing: readonly string[]): fc.Arbitrary<unknown> {
  const free = fc.string({ unit: 'binary', minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 30, 200) })
  const shaped = schema.pattern ? fc.stringMatching(new RegExp(schema.pattern))
    : schema.format === 'date' || schema.format === 'date-time' ? moment(schema.format) : free
  return existing.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...existing) }, { weight: 1, arbitrary: shaped }) : shaped
}

function moment(format: 'date' | 'date-time'): fc.Arbitrary<string> {
  const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  return dates.map(date => (format === 'date' ? date.toISOString().slice(0, 10) : date.toISOString()))
}
