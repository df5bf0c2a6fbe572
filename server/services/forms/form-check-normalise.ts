const FULL_WIDTH = /^[\x20-\x7E\u3000\uFF01-\uFF5E]+$/
const DOT_BETWEEN_HAN = /(?<=\p{Script=Han})\s*[\u2022\u2027\u2219\u22C5\u30FB\uFF65]\s*(?=\p{Script=Han})/gu
const INVISIBLE = /[\u200B\u2060\uFEFF\u00AD]/g
const MAX_DEPTH = 12

/**
 * The content of an application as it is stored: text trimmed and in Unicode NFC, full-width digits and letters in
 * numbers made plain, the dot of a name made “·”, document numbers in capitals, spaces and +86 taken from mobiles.
 * Nothing is judged here: what cannot be mended stays as written, and `checkForm` names it.
 */
export function normaliseContent<T>(content: T): T {
  return normalise(content, '', 0) as T
}

function normalise(value: unknown, key: string, depth: number): unknown {
  if (depth > MAX_DEPTH) return value
  if (typeof value === 'string') return normaliseText(value, key)
  if (Array.isArray(value)) return value.map(entry => normalise(entry, key, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, normalise(entry, name, depth + 1)]))
}

function normaliseText(text: string, key: string): string {
  const clean = text.normalize('NFC').replace(INVISIBLE, '').trim()
  const plain = FULL_WIDTH.test(clean) ? toHalfWidth(clean).trim() : clean.replace(DOT_BETWEEN_HAN, '·')
  if (/idNumber$/i.test(key)) return plain.replace(/[\s-]/g, '').toUpperCase()
  if (/mobile$/i.test(key)) return plain.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  return /^\d{17}x$/.test(plain) ? plain.toUpperCase() : plain
}

// U+FF01–U+FF5E lie exactly 0xFEE0 above their ASCII twins; the ideographic space is U+3000.
function toHalfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, one => String.fromCharCode(one.charCodeAt(0) - 0xFEE0)).replaceAll('\u3000', ' ')
}
