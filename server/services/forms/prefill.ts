import type { Insurance, Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { matterOf } from '../../regions/catalogue.ts'
import { bundle, exampleOf, formsRoot } from './form-bundle.ts'
import type { FormPart, JsonSchema } from './form-bundle.ts'
import { prefillPerson } from './prefill-person.ts'
import type { PrefillOptions, PrefillProfile } from './prefill-person.ts'
import { contributionRows } from './prefill-rows.ts'
import { overlay } from './prefill-sources.ts'
import type { FieldSource } from './prefill-sources.ts'

export interface Prefill {
  readonly common: { readonly person: Readonly<Record<string, unknown>> }
  readonly items: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Whose value each field of the person, and each derived field of an item, has (来源). */
  readonly sources: readonly FieldSource[]
}

/** The part of ServerContext that is needed. */
export interface PrefillDeps {
  readonly config: Pick<ServerContext['config'], 'regionsDir'>
  readonly regions: Pick<ServerContext['regions'], 'get'>
}

type Fields = Record<string, unknown>

/**
 * 信息预填: what the applicant need not type. The person comes from the identity profile, the registers of the public data
 * platform and the last application, each field with its source; a field of a matter marked `x-prefill` takes today's date or a
 * value of the common part, of several places the first within the region; a declaration gets one row for each insurance that the
 * same application registers. In production unknown fields stay absent. Throws AppError REGION_UNKNOWN or MATTER_UNKNOWN.
 */
export function prefill(
  ctx: PrefillDeps, regionSlug: string, profile: PrefillProfile, matters: readonly string[], options: PrefillOptions
): Prefill {
  const region = ctx.regions.get(regionSlug)
  const forms = bundle(regionSlug, formsRoot(ctx.config))
  const person = prefillPerson(forms.common, profile, options)
  const common = { person: person.values }
  const sources = [...person.sources]
  const items = matters.map(slug => {
    const { hasRows } = matterOf(region, slug)
    const section = prefillSection(forms.matters[slug]!, common, region, options)
    sources.push(...section.sources.map(one => ({ ...one, path: `/items/${slug}${one.path}` })))
    if (hasRows) section.values.rows = contributionRows(forms.matters[slug]!, declarable(region, matters, options), options)
    return [slug, section.values] as const
  })
  return { common, items: Object.fromEntries(items), sources }
}

function prefillSection(form: FormPart, common: Prefill['common'], { code }: Region, { today, isDevelopment }: PrefillOptions) {
  const properties = form.schema.properties as Record<string, JsonSchema>
  const marked = (isWanted: (source: unknown) => boolean) => Object.entries(properties).filter(([, property]) => isWanted(property['x-prefill']))
  const dates = marked(source => source === 'today').map(([name]) => [name, today] as const)
  const copies = marked(source => source !== undefined && source !== 'today')
    .map(([name, property]) => [name, takenFrom(common, property['x-prefill'], code)] as const)
  const example = isDevelopment ? structuredClone(exampleOf(form.schema)) : {}
  const delivery = properties.delivery && { ...example.delivery as Fields, ...defaultsWithin(properties.delivery, common) }
  return overlay('', [
    { source: 'default', values: { delivery: { method: 'online' } } },
    { source: 'example', values: example },
    { source: 'today', values: Object.fromEntries(dates) },
    { source: 'common-part', values: { ...Object.fromEntries(copies), ...(delivery?.recipient === undefined ? {} : { delivery }) } }
  ])
}

/** What the fields of an object take from the common part, with its defaults; nothing when none takes any. */
function defaultsWithin({ properties = {} }: JsonSchema, common: Prefill['common']): Fields {
  const fields = Object.entries(properties as Record<string, JsonSchema>)
  const copies = fields.flatMap(([name, field]) => field['x-prefill'] === undefined ? []
    : [[name, at({ common }, String(field['x-prefill']))] as const])
  if (copies.length === 0) return {}
  const defaults = fields.flatMap(([name, field]) => field.default === undefined ? [] : [[name, field.default] as const])
  return Object.fromEntries([...defaults, ...copies].filter(([, value]) => value !== undefined))
}

/** Insurances for which a row makes sense: those registered together with it, else one that the person has already. */
function declarable(region: Region, matters: readonly string[], options: PrefillOptions): readonly Insurance[] {
  const registering = region.insurances.filter(({ slug }) => matters.includes(slug))
  if (registering.length) return registering
  const enrolled = region.insurances.find(({ enrolment }) => options.shared?.records.currentEnrolments?.includes(enrolment))
  return [enrolled ?? region.insurances[0]!]
}

/** 参保地 is the household's place where that lies in the region: whoever lives elsewhere may choose the residence instead. */
function takenFrom(common: Prefill['common'], source: unknown, regionCode: string): unknown {
  if (!Array.isArray(source)) return at({ common }, String(source))
  return source.map(pointer => at({ common }, String(pointer))).find(place => String(place).startsWith(regionCode.slice(0, 2)))
}

function at(root: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((here, name) => (here as Fields | undefined)?.[name], root)
}
