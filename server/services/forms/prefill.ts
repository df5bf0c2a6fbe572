import { checkIdNumber, idTypes } from '../../../core/id-numbers.ts'
import type { Insurance, Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { matterOf } from '../../regions/catalogue.ts'
import { bundle, formsRoot } from './form-bundle.ts'
import type { FormPart, JsonSchema } from './form-bundle.ts'
import { normaliseContent } from './form-check-normalise.ts'
import { contributionRows } from './prefill-rows.ts'

/** What the identity server said of the person; `person` carries the names of the form's common part. */
export interface PrefillProfile {
  readonly name?: string
  readonly person?: Readonly<Record<string, unknown>>
}

export interface PrefillOptions {
  /** Business date, YYYY-MM-DD. */
  readonly today: string
  /** Fills what nobody knows from the schemas' examples, so that a whole case can be driven without typing. */
  readonly isDevelopment: boolean
  /** Values of the fact `currentEnrolments`; undefined = not known. */
  readonly currentEnrolments?: readonly string[]
}

export interface Prefill {
  readonly common: { readonly person: Readonly<Record<string, unknown>> }
  readonly items: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** The part of ServerContext that is needed. */
export interface PrefillDeps {
  readonly config: Pick<ServerContext['config'], 'regionsDir'>
  readonly regions: Pick<ServerContext['regions'], 'get'>
}

type Fields = Record<string, unknown>

/**
 * 信息预填: what the applicant need not type. The person comes from the identity profile; a field of a matter marked
 * `x-prefill` takes today's date or a value of the common part; a declaration gets one row for each insurance that
 * the same application registers. In production unknown fields stay absent. Throws AppError REGION_UNKNOWN or
 * MATTER_UNKNOWN.
 */
export function prefill(
  ctx: PrefillDeps, regionSlug: string, profile: PrefillProfile, matters: readonly string[], options: PrefillOptions
): Prefill {
  const region = ctx.regions.get(regionSlug)
  const forms = bundle(regionSlug, formsRoot(ctx.config))
  const common = { person: prefillPerson(forms.common, profile, options) }
  const items = matters.map(slug => {
    const { hasRows } = matterOf(region, slug)
    const section = prefillSection(forms.matters[slug]!, common, options)
    if (hasRows) section.rows = contributionRows(forms.matters[slug]!, declarable(region, matters, options), options)
    return [slug, section] as const
  })
  return { common, items: Object.fromEntries(items) }
}

function prefillPerson(form: FormPart, profile: PrefillProfile, { today, isDevelopment }: PrefillOptions): Fields {
  const schema = (form.schema.properties as Record<string, JsonSchema>).person!
  const properties = schema.properties as Record<string, JsonSchema>
  const told: Fields = normaliseContent({ name: profile.name, ...profile.person })
  const known = Object.entries(told)
    .filter(([name, value]) => Object.hasOwn(properties, name) && value !== undefined && value !== null && value !== '')
    .map(([name, value]) => [name, toOption(properties[name]!, value)])
  const person: Fields = { ...readFromNumber(told, today), ...Object.fromEntries(known) }
  if (!isDevelopment) return person
  const example = (exampleOf(form.schema).person ?? {}) as Fields
  // Somebody with another document may have no household or nationality of ours: only what everybody has is made up.
  const isAlike = person.idType === undefined || person.idType === example.idType
  const required = schema.required as readonly string[]
  const gaps = Object.entries(example).filter(([name]) => isAlike || required.includes(name))
  return { ...Object.fromEntries(gaps), ...person }
}

// Sex and date of birth stand in the number itself (GB 11643).
function readFromNumber({ idType, idNumber }: Fields, today: string): Fields {
  const type = idTypes.find(known => known === idType)
  if (type === undefined || typeof idNumber !== 'string') return {}
  const { ok, sex, birthDate } = checkIdNumber(type, idNumber, today)
  return { ...(ok && sex && { sex }), ...(ok && birthDate && { birthDate }) }
}

function prefillSection(form: FormPart, common: Prefill['common'], { today, isDevelopment }: PrefillOptions): Fields {
  const properties = form.schema.properties as Record<string, JsonSchema>
  const told = Object.entries(properties).flatMap(([name, property]) => {
    const source = property['x-prefill']
    if (source === undefined) return []
    const value = source === 'today' ? today : at({ common }, String(source))
    return value === undefined ? [] : [[name, value] as const]
  })
  const start = isDevelopment ? structuredClone(exampleOf(form.schema)) : { delivery: { method: 'online' } }
  return { ...start, ...Object.fromEntries(told) }
}

/** Insurances for which a row makes sense: those registered together with it, else one that the person has already. */
function declarable(region: Region, matters: readonly string[], options: PrefillOptions): readonly Insurance[] {
  const registering = region.insurances.filter(({ slug }) => matters.includes(slug))
  if (registering.length) return registering
  const enrolled = region.insurances.find(({ enrolment }) => options.currentEnrolments?.includes(enrolment))
  return [enrolled ?? region.insurances[0]!]
}

// Identity and licences may give the name of a choice where the form has its code (壮族 for 08).
function toOption(schema: JsonSchema, value: unknown): unknown {
  const options = (schema.oneOf ?? []) as readonly { const: unknown; title: string }[]
  return options.find(({ title }) => title === value)?.const ?? value
}

function exampleOf(schema: JsonSchema): Fields {
  return ((schema.examples as readonly Fields[] | undefined)?.[0] ?? {})
}

function at(root: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((here, name) => (here as Fields | undefined)?.[name], root)
}
