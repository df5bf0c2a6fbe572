import { readFileSync } from 'node:fs'
import type { middleware } from 'express-openapi-validator'
import { CORE_SCHEMA, load } from 'js-yaml'

type Contract = Exclude<Parameters<typeof middleware>[0]['apiSpec'], string>
type Part = Record<string, unknown>

/**
 * Reads a department's openapi.yaml with the shared parts it refers to put in place, so that every reference is local.
 * (The validator's own bundler points at the place of first use, where the schemas can no longer be found.)
 */
export function readContract(folder: string): Contract {
  const own = read(new URL('openapi.yaml', folder))
  const common = read(new URL('openapi.yaml', import.meta.url))
  const callbacks = read(new URL('callbacks.yaml', import.meta.url))
  const shared = { '../common/openapi.yaml': common, '../common/callbacks.yaml': callbacks }
  const components = merge(common.components as Part, (own.components ?? {}) as Part)
  return localise({ ...own, components }, shared) as Contract
}

/** References into shared components become local; a reference to any other shared part is replaced by the part. */
function localise(value: unknown, shared: Readonly<Record<string, Part>>): unknown {
  if (Array.isArray(value)) return value.map(one => localise(one, shared))
  if (value === null || typeof value !== 'object') return value
  const reference = (value as Part).$ref
  if (typeof reference === 'string') {
    const [file = '', pointer = ''] = reference.split('#')
    if (pointer.startsWith('/components/')) return { $ref: `#${pointer}` }
    return localise(at(shared[file], pointer), shared)
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, localise(one, shared)]))
}

function at(document: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1).map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.reduce((part, name) => (part as Part)[name], document)
}

function merge(common: Part, own: Part): Part {
  const names = new Set([...Object.keys(common), ...Object.keys(own)])
  return Object.fromEntries([...names].map(name => [name, { ...common[name] as Part, ...own[name] as Part }]))
}

function read(file: URL): Part {
  return load(readFileSync(file, 'utf8'), { schema: CORE_SCHEMA }) as Part
}
