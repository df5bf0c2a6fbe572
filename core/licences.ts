/** An electronic licence (电子证照) as the public data platform tells it. */
export interface Licence {
  readonly type: string
  readonly name: string
  readonly number: string
  /** YYYY-MM-DD. */
  readonly issuedAt: string | null
  /** Last day on which it is valid; null for one without end. */
  readonly validUntil: string | null
  readonly issuer: string | null
}

/** Reads a list of licences from an answer of the platform; an entry without type or number is none. */
export function readLicences(given: unknown): Licence[] {
  if (!Array.isArray(given)) return []
  return given.map(toLicence).filter(licence => licence !== null)
}

/** Whether a licence is valid on a day (YYYY-MM-DD). */
export function isValidOn({ issuedAt, validUntil }: Pick<Licence, 'issuedAt' | 'validUntil'>, day: string): boolean {
  return (issuedAt === null || issuedAt <= day) && (validUntil === null || day <= validUntil)
}

function toLicence(given: unknown): Licence | null {
  if (typeof given !== 'object' || given === null) return null
  const { type, name, number, issuedAt, validUntil, issuer } = given as Record<string, unknown>
  if (!isText(type) || !isText(number)) return null
  return {
    type, number, name: isText(name) ? name : type,
    issuedAt: textOrNull(issuedAt), validUntil: textOrNull(validUntil), issuer: textOrNull(issuer)
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const textOrNull = (value: unknown): string | null => isText(value) ? value : null
