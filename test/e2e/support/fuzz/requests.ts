import fc from 'fast-check'
import type { Known, Maker, Schema } from './arbitrary.ts'
import { makerOf } from './arbitrary.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema?: Schema
}

interface Body {
  readonly required?: boolean
  readonly content: Readonly<Record<string, { readonly schema?: Schema }>>
}

/** One operation of the contract with all that can be sent to it. */
export interface Sendable {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body?: Body
}

export interface Sent {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
}

type Reference = { readonly $ref?: string }
type Operation = { readonly operationId?: string; readonly parameters?: readonly (Parameter & Reference)[]; readonly requestBody?: Body & Reference }
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>> & { readonly parameters?: readonly (Parameter & Reference)[] }>>
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

export function resolverOf(document: unknown): <T>(value: T & Reference) => T {
  const find = (ref: string) => ref.replace(/^#\//, '').split('/').reduce((node, key) => (node as Record<string, unknown>)[key], document)
  return value => (value.$ref ? find(value.$ref) as never : value)
}

/** Every operation below the interface's own base path. */
export function sendables(contract: Contract): Sendable[] {
  const resolve = resolverOf(contract)
  return Object.entries(contract.paths)
    .filter(([, item]) => !('servers' in item))
    .flatMap(([path, item]) => METHODS.filter(method => item[method]).map(method => {
      const operation = item[method]!
      const parameters = [...item.parameters ?? [], ...operation.parameters ?? []].map(one => resolve<Parameter>(one))
      return {
        id: operation.operationId!, method: method.toUpperCase(), path: path.slice(1), parameters,
        ...(operation.requestBody ? { body: resolve<Body>(operation.requestBody) } : {})
      }
    }))
}

/** Requests to an operation. `known` offers values that exist by the parameter's or member's name. */
export function requestsTo(operation: Sendable, contract: Contract, known: Known): fc.Arbitrary<Sent> {
  const find = resolverOf(contract)
  const make = makerOf(ref => find<Schema>({ $ref: ref }), known)
  const drawn = (where: Parameter['in']) => fc.record(Object.fromEntries(operation.parameters.filter(one => one.in === where)
    .map(one => [one.name, make(one.schema ?? {}, one.name)])),
  { requiredKeys: where === 'path' ? undefined : [] })
  const body = operation.body ? bodyOf(operation.body, make) : fc.constant({ headers: {}, body: undefined })
  return fc.tuple(drawn('path'), drawn('query'), drawn('header'), body).map(([path, query, header, sent]) => ({
    path: filledIn(operation.path, path) + queryOf(query),
    headers: { ...headersOf(header), ...sent.headers },
    body: sent.body
  }))
}

type Drawn = Readonly<Record<string, unknown>>
type DrawnBody = Pick<Sent, 'headers' | 'body'>

function bodyOf(body: Body, make: Maker): fc.Arbitrary<DrawnBody> {
  const [[type, { schema = {} }] = ['application/json', {}]] = Object.entries(body.content)
  const values = make(schema)
  if (type === 'multipart/form-data') return values.map(value => ({ headers: {}, body: formOf(value) }))
  return values.map(value => ({ headers: { 'content-type': type }, body: JSON.stringify(value) }))
}

function formOf(value: unknown): FormData {
  const form = new FormData()
  for (const [key, one] of Object.entries((value ?? {}) as Drawn)) {
    if (key === 'file') form.set('file', new Blob([asText(one)]), '图.png')
    else form.set(key, asText(one))
  }
  return form
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '')
/** Half a surrogate pair cannot stand in an address. */
const encoded = (value: unknown): string => encodeURIComponent(asText(value).replace(/\p{Surrogate}/gu, '').slice(0, 2000))

function filledIn(path: string, values: Drawn): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(values[name]) || '-')
}

function queryOf(values: Drawn): string {
  const pairs = Object.entries(values).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map(one => `${key}=${encoded(one)}`))
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

/** Header values that a client could send at all. */
function headersOf(values: Drawn): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, asText(value).replace(/[^\x21-\x7e]/g, '').slice(0, 300)]))
}
