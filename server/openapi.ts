import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CORE_SCHEMA, load } from 'js-yaml'

/** One operation of `openapi.yaml`, ready to be matched with a request. */
export interface Operation {
  readonly id: string
  readonly method: string
  /** Full path with its parameters in braces, e.g. /api/v1/applications/{id}. */
  readonly path: string
  readonly pattern: RegExp
  readonly parameters: readonly string[]
}

interface Document {
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, PathItem>>
}
type PathItem = Readonly<Record<string, { readonly operationId?: string }>> & Pick<Partial<Document>, 'servers'>

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

/** Reads the contract from disk; each caller gets a copy of its own, as the validator changes the one it is given. */
export function readOpenApi(): Document {
  const text = readFileSync(fileURLToPath(new URL('openapi.yaml', import.meta.url)), 'utf8')
  return load(text, { schema: CORE_SCHEMA }) as Document
}

/** Lists the operations of the contract; paths without parameters come first, so that /tasks/next is not a task. */
export function operationsOf(document: Document): Operation[] {
  const base = document.servers[0]?.url ?? ''
  return Object.entries(document.paths)
    .flatMap(([path, item]) => METHODS.filter(method => item[method]).map(method => {
      const full = `${item.servers?.[0]?.url.replace(/\/$/, '') ?? base}${path}`
      return { id: item[method]?.operationId ?? `${method} ${path}`, method: method.toUpperCase(), path: full, ...matcher(full) }
    }))
    .sort((a, b) => a.parameters.length - b.parameters.length)
}

function matcher(path: string): Pick<Operation, 'pattern' | 'parameters'> {
  const parameters: string[] = []
  const source = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    parameters.push(name)
    return '([^/]+)'
  })
  return { pattern: new RegExp(`^${source}$`), parameters }
}
