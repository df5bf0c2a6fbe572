/**
 * Keys whose values never reach a log, at whatever place they stand. They are removed, not masked: a mask still tells something.
 * `detail` and `name` are in the list because requests and people use them; what a log wants to say goes into its message.
 */
export const removedKeys: ReadonlySet<string> = new Set([
  'idNumber', 'name', 'personName', 'mobile', 'phone', 'address', 'residenceAddress', 'householdAddress', 'bankCard', 'birthDate',
  'token', 'authorization', 'cookie', 'password', 'content', 'answers', 'fields', 'values', 'detail', 'payload', 'body', 'extra'
])

/** How deep objects are followed; what lies deeper is dropped, so that nothing escapes the list by nesting. */
const MAX_DEPTH = 4
const MAX_ENTRIES = 50

// A run of digits counts only as a whole, so that a 24-digit case number is not torn apart.
const PATTERNS: readonly RegExp[] = [
  /(?<!\d)\d{17}[\dXx](?!\d)/g,
  /(?<!\d)\d{15}(?!\d)/g,
  /(?<!\d)1[3-9]\d{9}(?!\d)/g
]

/** Removes ID numbers (18 and 15 digits) and mobile numbers from free text, full-width digits included. */
export function redact(text: string): string {
  const plain = text.replace(/[０-９Ｘｘ]/g, letter => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
  return PATTERNS.reduce((result, pattern) => result.replace(pattern, '[已隐去]'), plain)
}

/** A copy without the removed keys and with redacted texts; errors keep type, code, message and stack only. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return scrubError(value, depth)
  if (value instanceof Date) return value.toISOString()
  if (depth > MAX_DEPTH) return undefined
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map(one => scrub(one, depth + 1))
  return Object.fromEntries(Object.entries(value)
    .filter(([key]) => !removedKeys.has(key))
    .map(([key, one]) => [key, scrub(one, depth + 1)]))
}

function scrubError(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: redact(error.message),
    stack: redact(error.stack ?? ''),
    ...(error.cause instanceof Error && depth < MAX_DEPTH ? { cause: scrubError(error.cause, depth + 1) } : {})
  }
}
