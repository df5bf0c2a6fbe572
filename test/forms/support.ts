import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { bundle } from '../../server/services/forms/form-bundle.ts'
import type { FormPart } from '../../server/services/forms/form-bundle.ts'

type Json = Record<string, unknown>

export const TODAY = '2026-04-20'

/** What form check and prefill need of the server, without one. */
export const formContext = {
  config: { regionsDir: '' },
  regions: createRegionCatalogue(),
  clock: { today: () => TODAY }
}

/** A fresh copy of the first example of `common`, `agent` or a matter of a region. */
export function exampleOf(name: string, region = 'guangxi'): Json {
  const forms = bundle(region)
  const part: FormPart | undefined = name === 'common' ? forms.common : name === 'agent' ? forms.agent : forms.matters[name]
  return structuredClone((part?.schema.examples as Json[])[0]!)
}

/** The content of an application for the matters, all from the examples. */
export function exampleContent(matters: readonly string[], region = 'guangxi'): { common: Json; items: Record<string, Json>; agent: Json | null } {
  return { common: exampleOf('common', region), items: Object.fromEntries(matters.map(slug => [slug, exampleOf(slug, region)])), agent: null }
}

/** JSON merge patch (RFC 7396): null removes, objects merge, anything else replaces. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Json = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merge(result[key], value)
  }
  return result
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
