/** Markup that is safe to send as it stands. */
export interface Html {
  readonly markup: string
}

type Value = string | number | Html | readonly Html[] | undefined | false

/** Template tag: what is filled in is escaped unless it is markup itself; `undefined` and `false` fill in nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: parts.reduce((text, part, index) => text + render(values[index - 1]) + part) }
}

/** Trusted markup made elsewhere. */
export function raw(markup: string): Html {
  return { markup }
}

function render(value: Value): string {
  if (value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(one => one.markup).join('')
  if (typeof value === 'object') return (value as Html).markup
  return String(value).replace(/[&<>"']/g, character => ESCAPES[character]!)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'
}
