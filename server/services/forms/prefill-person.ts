import { checkIdNumber, idTypes } from '../../../core/id-numbers.ts'
import type { Place, SharedRecords } from '../../sharing/data-sharing.ts'
import type { FormPart, JsonSchema } from './form-bundle.ts'
import { exampleOf } from './form-bundle.ts'
import { normaliseContent } from './form-check-normalise.ts'
import { overlay } from './prefill-sources.ts'
import type { FieldSource, Layer } from './prefill-sources.ts'

type Fields = Record<string, unknown>

/** What the identity server said of the person; `person` carries the names of the form's common part. */
export interface PrefillProfile {
  readonly name?: string
  readonly person?: Readonly<Record<string, unknown>>
  /** Instant of the login at which it was said, ms. */
  readonly at?: number
  /** Who proved it: the login, unless a card was shown at a counter. */
  readonly source?: 'identity' | 'id-card'
}

export interface PrefillOptions {
  /** Business date, YYYY-MM-DD. */
  readonly today: string
  /** Fills what nobody knows from the schemas' examples, so that a whole case can be driven without typing. */
  readonly isDevelopment: boolean
  /** What the public data platform said, and when (ms); left out when it did not answer. */
  readonly shared?: { readonly records: SharedRecords; readonly at: number }
  /** The common part's person of the last application, and when it was handed in. */
  readonly last?: { readonly person: Fields; readonly at: number }
}

/** The real-name identity has been proved at the login; nobody is asked for it again. */
const IDENTITY = new Set(['name', 'idType', 'idNumber', 'sex', 'birthDate'])
/** 户籍 is what the register says. */
const HOUSEHOLD = new Set(['householdDivision', 'householdAddress'])

/**
 * The person of the common part, field by field from the source that knows best: the last application below what the number
 * tells, that below the identity, and uppermost the register for the 户籍. In development examples fill what nobody knows.
 */
export function prefillPerson(
  form: FormPart, profile: PrefillProfile, options: PrefillOptions
): { values: Fields; sources: FieldSource[] } {
  const schema = (form.schema.properties as Record<string, JsonSchema>).person!
  const properties = schema.properties as Record<string, JsonSchema>
  const known = (given: Fields): Fields => Object.fromEntries(Object.entries(normaliseContent(given))
    .filter(([name]) => Object.hasOwn(properties, name))
    .map(([name, value]) => [name, toOption(properties[name]!, value)]))
  const told = known({ name: profile.name, ...profile.person })
  const { shared, last, today, isDevelopment } = options
  const layers: Layer[] = [
    { source: 'data-sharing', values: known(placeFields('residence', shared?.records.residence)), at: shared?.at },
    { source: 'last-application', values: known(last?.person ?? {}), at: last?.at },
    { source: 'id-number', values: known(readFromNumber(told, today)), authoritative: IDENTITY },
    { source: profile.source ?? 'identity', values: told, at: profile.at, authoritative: IDENTITY },
    { source: 'data-sharing', values: known(placeFields('household', shared?.records.household)), at: shared?.at, authoritative: HOUSEHOLD }
  ]
  const person = overlay('/common/person', layers)
  if (!isDevelopment) return person
  const example = (exampleOf(form.schema).person ?? {}) as Fields
  // Somebody with another document may have no household or nationality of ours: only what everybody has is made up.
  const isAlike = person.values.idType === undefined || person.values.idType === example.idType
  const required = schema.required as readonly string[]
  const gaps = Object.fromEntries(Object.entries(example).filter(([name]) => isAlike || required.includes(name)))
  return overlay('/common/person', [{ source: 'example', values: gaps }, ...layers])
}

function placeFields(which: 'household' | 'residence', place: Place | null | undefined): Fields {
  return place ? { [`${which}Division`]: place.division, [`${which}Address`]: place.address } : {}
}

// Sex and date of birth stand in the number itself (GB 11643).
function readFromNumber({ idType, idNumber }: Fields, today: string): Fields {
  const type = idTypes.find(known => known === idType)
  if (type === undefined || typeof idNumber !== 'string') return {}
  const { ok, sex, birthDate } = checkIdNumber(type, idNumber, today)
  return { ...(ok && sex && { sex }), ...(ok && birthDate && { birthDate }) }
}

// Identity and licences may give the name of a choice where the form has its code (壮族 for 08).
function toOption(schema: JsonSchema, value: unknown): unknown {
  const options = (schema.oneOf ?? []) as readonly { const: unknown; title: string }[]
  return options.find(({ title }) => title === value)?.const ?? value
}
