import type { Region } from '../../../core/region.ts'
import type { ApplicationContent } from '../../db/applications.ts'
import { propertiesOf, rowsOf, textOf } from '../../documents/papers/form-values.ts'
import type { FormValue } from '../../documents/papers/form-values.ts'
import type { RegionCatalogue } from '../../regions/catalogue.ts'
import { matterTitle } from '../../regions/titles.ts'
import type { FormPart } from '../forms/form-bundle.ts'

/** One field of the form as a clerk examines it. */
export interface FormField {
  /** JSON pointer into the application: what a correction names. */
  readonly path: string
  readonly label: string
  readonly text: string
}

export interface FormSection {
  /** `common`, `agent`, or the slug of a matter. */
  readonly key: string
  readonly title: string
  readonly fields: readonly FormField[]
}

/** What was written, section by section and field by field in the order of the page; what is empty is shown as empty. */
export function formSections(
  regions: RegionCatalogue, region: Region, content: ApplicationContent, slugs: readonly string[]
): FormSection[] {
  const section = (key: string, title: string, pointer: string, value: unknown): FormSection => {
    const part: FormPart = regions.form(region.slug, key)
    return { key, title, fields: fieldsIn(region, part.schema, part.ui, value, pointer) }
  }
  return [
    section('common', '基本信息', '/common', content.common),
    ...slugs.map(slug => section(slug, matterTitle(region, slug), `/items/${slug}`, content.items[slug] ?? {})),
    ...(content.agent ? [section('agent', '代办人', '/agent', content.agent)] : [])
  ]
}

function fieldsIn(region: Region, schema: FormValue['schema'], ui: FormValue['ui'], value: unknown, pointer: string): FormField[] {
  return propertiesOf(schema, ui, value).flatMap(property => fieldsOf(region, property, `${pointer}/${property.key}`))
}

function fieldsOf(region: Region, property: FormValue, path: string): FormField[] {
  const { schema, ui, value, key } = property
  const label = String(schema.title ?? key)
  const named = (fields: FormField[], name: string): FormField[] => fields.map(field => ({ ...field, label: `${name} － ${field.label}` }))
  if (schema.type === 'object') {
    // A whole person is a section of its own; its parts need no prefix.
    const inner = fieldsIn(region, schema, ui, value, path)
    return key === 'person' ? inner : named(inner, label)
  }
  const items = (schema.items ?? {}) as FormValue['schema']
  if (schema.type === 'array' && items.type === 'object') {
    return rowsOf(value).flatMap((row, index) => named(fieldsIn(region, items, {}, row, `${path}/${index}`), `${label}第${index + 1}行`))
  }
  return value === undefined && 'x-extra' in schema ? [] : [{ path, label, text: textOf(region, property) }]
}
