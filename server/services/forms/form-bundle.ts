import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface FormPart {
  readonly schema: JsonSchema
  readonly ui: Readonly<Record<string, unknown>>
}

/** All parts of one region's form: what every applicant fills in, the agent's part, and one part for each matter. */
export interface FormBundle {
  readonly common: FormPart
  readonly agent: FormPart
  readonly matters: Readonly<Record<string, FormPart>>
}

const bundles = new Map<string, FormBundle>()

/**
 * The forms of a region (DESIGN §3, folder `forms/<region>/`), each reference to the shared vocabulary replaced by
 * what it names, so that whoever receives a schema needs no second file. Matters come in the order of region.json;
 * a matter without schema is left out (test/regions reports it). Read once for each region and root.
 */
export function bundle(region: string, root: string = repositoryRoot()): FormBundle {
  const key = join(root, 'forms', region)
  const known = bundles.get(key)
  if (known) return known
  const made = readBundle(region, root)
  bundles.set(key, made)
  return made
}

/** Where the folders of data lie: the configured directory, or the repository. */
export function formsRoot(config: { readonly regionsDir: string }): string {
  return config.regionsDir || repositoryRoot()
}

/** The 业务办理须知 of a matter, to be confirmed one by one before submission; empty when the form prints none. */
export function noticesOf(part: FormPart): readonly string[] {
  return (part.ui.notices ?? []) as readonly string[]
}

/** A copy of `schema` in which every `$ref` into the vocabulary is replaced; what stands beside a `$ref` wins. */
export function resolveRefs(schema: unknown, definitions: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(schema)) return schema.map(entry => resolveRefs(entry, definitions))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref, ...beside } = schema as Record<string, unknown>
  const own = Object.fromEntries(Object.entries(beside).map(([key, value]) => [key, resolveRefs(value, definitions)]))
  if (typeof $ref !== 'string') return own
  const name = /^(?:\.\.\/vocabulary\.schema\.json)?#\/\$defs\/(\w+)$/.exec($ref)?.[1]
  const definition = name === undefined ? undefined : definitions[name]
  if (definition === undefined) throw new AppError('DATA_INVALID', { detail: `表单引用了不存在的定义：${$ref}` })
  return { ...(resolveRefs(definition, definitions) as Record<string, unknown>), ...own }
}

function readBundle(region: string, root: string): FormBundle {
  const folder = join(root, 'forms', region)
  const { matters } = readJson(join(root, 'regions', region, 'region.json')) as unknown as Region
  const { $defs } = readJson(join(root, 'forms', 'vocabulary.schema.json'))
  const part = (name: string): FormPart => ({
    schema: resolveRefs(readJson(join(folder, `${name}.schema.json`)), $defs as Record<string, unknown>) as JsonSchema,
    ui: readJson(join(folder, `${name}.ui.json`))
  })
  const slugs = matters.map(({ slug }) => slug).filter(slug => existsSync(join(folder, `${slug}.schema.json`)))
  return {
    common: part('common'),
    agent: part('agent'),
    matters: Object.fromEntries(slugs.map(slug => [slug, part(slug)]))
  }
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
}

function repositoryRoot(): string {
  return fileURLToPath(new URL('../../..', import.meta.url))
}

/** The first example of a schema, {} when it has none. */
export function exampleOf(schema: JsonSchema): Record<string, unknown> {
  return ((schema.examples as readonly Record<string, unknown>[] | undefined)?.[0] ?? {})
}
