type Token = { readonly kind: 'name' | 'literal' | 'compare' | 'logic' | 'not' | 'open' | 'close'; readonly text: string }

const TOKENS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['literal', /^('[^'\\]*'|"[^"\\]*"|\d+(\.\d+)?\b|(true|false|null)\b)/],
  ['name', /^decisionResult\.(size\(\)|getSingleResult\(\)\.[A-Za-z]\w*)/],
  ['name', /^[A-Za-z][A-Za-z0-9]*(?![\w.([])/],
  ['compare', /^(==|!=|<=|>=|<|>)/],
  ['logic', /^(&&|\|\|)/],
  ['not', /^!/],
  ['open', /^\(/],
  ['close', /^\)/]
]
/** Objects that the engine puts within reach of every expression. */
const RESERVED = new Set([
  'execution', 'task', 'externalTask', 'caseExecution', 'authenticatedUserId', 'decisionResult', 'connector', 'empty', 'and', 'or', 'not',
  'instanceof', 'eq', 'ne', 'lt', 'gt', 'le', 'ge', 'div', 'mod'
])

/**
 * Whether a text may go to the engine as an expression: exactly one `${…}` made of variables, literals, comparisons,
 * `!`, `&&`, `||` and parentheses, or the size or a column of a decision's result. No property, no call, no bean.
 */
export function isSafeExpression(text: string): boolean {
  const match = /^\$\{([^{}]*)\}$/.exec(text.trim())
  if (!match) return false
  const tokens = tokenize(match[1]!)
  if (!tokens) return false
  const rest = disjunction(tokens)
  return rest !== undefined && rest.length === 0
}

function tokenize(source: string): Token[] | undefined {
  const tokens: Token[] = []
  let rest = source.trim()
  while (rest !== '') {
    const found = TOKENS.map(([kind, form]) => ({ kind, text: form.exec(rest)?.[0] })).find(({ text }) => text !== undefined)
    if (found?.text === undefined) return undefined
    if (found.kind === 'name' && RESERVED.has(found.text)) return undefined
    tokens.push({ kind: found.kind, text: found.text })
    rest = rest.slice(found.text.length).trimStart()
  }
  return tokens
}

/** Each parser eats what it knows and returns the rest; undefined = not of the grammar. */
type Parser = (tokens: readonly Token[]) => readonly Token[] | undefined

const disjunction: Parser = tokens => {
  const rest = comparison(tokens)
  return rest?.[0]?.kind === 'logic' ? disjunction(rest.slice(1)) : rest
}

const comparison: Parser = tokens => {
  const rest = operand(tokens)
  return rest?.[0]?.kind === 'compare' ? operand(rest.slice(1)) : rest
}

const operand: Parser = tokens => {
  const [first, ...rest] = tokens
  if (first?.kind === 'not') return operand(rest)
  if (first?.kind === 'name' || first?.kind === 'literal') return rest
  if (first?.kind !== 'open') return undefined
  const inner = disjunction(rest)
  return inner?.[0]?.kind === 'close' ? inner.slice(1) : undefined
}
