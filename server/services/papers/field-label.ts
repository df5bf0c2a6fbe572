import { matterTitle } from '../../regions/titles.ts'
import type { JsonSchema } from '../forms/form-bundle.ts'
import type { PaperScope } from './paper-scope.ts'

/** Name of the field at a JSON pointer into the application, as the form prints it; the pointer itself when it names none. */
export function fieldLabel({ ctx, region }: Pick<PaperScope, 'ctx' | 'region'>, pointer: string): string {
  const [, part = '', ...path] = pointer.split('/')
  if (part === 'items') {
    const [slug = '', ...within] = path
    if (!region.matters.some(matter => matter.slug === slug)) return pointer
    const labels = labelsOf(ctx.regions.form(region.slug, slug).schema, within)
    return labels ? [matterTitle(region, slug), ...labels].join(' － ') : pointer
  }
  if (part !== 'common' && part !== 'agent') return pointer
  return labelsOf(ctx.regions.form(region.slug, part).schema, path)?.join(' － ') ?? pointer
}

function labelsOf(schema: JsonSchema, path: readonly string[]): string[] | null {
  const labels: string[] = []
  let here: JsonSchema | undefined = schema
  for (const name of path) {
    if (/^\d+$/.test(name) && here?.items) {
      here = here.items as JsonSchema
      labels.push(`第${Number(name) + 1}行`)
      continue
    }
    here = (here?.properties as Record<string, JsonSchema> | undefined)?.[name]
    if (!here) return null
    labels.push(String(here.title ?? name))
  }
  return labels
}
