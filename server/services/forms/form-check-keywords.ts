import type { Ajv, FuncKeywordDefinition, SchemaValidateFunction } from 'ajv'
import { sumFen } from '../../../core/money.ts'
import { identityFindings, isCitizenNumber, oldEditionFindings } from './form-check-identity.ts'
import type { Finding, IdentityNames } from './form-check-identity.ts'

/** What a schema alone cannot know; handed to each validation as `this`. */
export interface CheckContext {
  /** Slugs of the selected matters. */
  readonly matters: readonly string[]
  /** Title of a matter, for messages. */
  readonly titleOf: (slug: string) => string
  /** Business date, YYYY-MM-DD. */
  readonly today: string
  /** Undefined while the channel is not known yet: what depends on it is not asked then. */
  readonly channel: string | undefined
  /** Two digits of the region, and the six-digit codes that exist in it. */
  readonly province: string
  readonly divisions: ReadonlySet<string>
}

type Rule = (this: CheckContext, argument: never, value: never) => Finding[]
type Row = Readonly<Record<string, unknown>>

const one = (code: string, message: string, at = ''): Finding[] => [{ at, code, message }]

/**
 * The project's own schema keywords. They hold what belongs to one field, so that no rule of a matter is written in
 * code: `x-window-only`, `x-window-only-text`, `x-unique-by`, `x-exclusive-rows`, `x-order`, `x-same-year`,
 * `x-different`, `x-sum`, `x-past`, `x-not-before-year`, `x-division`, `x-identity`, `x-latest-edition`,
 * `x-citizen-number`. Each gets the keyword's value and the field's, with the CheckContext as `this`.
 */
const rules: Readonly<Record<string, { type: 'string' | 'array' | 'object'; rule: Rule }>> = {
  'x-window-only': { type: 'string', rule: windowOnly },
  'x-window-only-text': { type: 'string', rule: windowOnlyText },
  'x-past': { type: 'string', rule: notInFuture },
  'x-not-before-year': { type: 'string', rule: notBeforeYear },
  'x-division': { type: 'string', rule: knownDivision },
  'x-citizen-number': { type: 'string', rule: citizenNumber },
  'x-unique-by': { type: 'array', rule: uniqueBy },
  'x-exclusive-rows': { type: 'array', rule: exclusiveRows },
  'x-order': { type: 'object', rule: inOrder },
  'x-same-year': { type: 'object', rule: inOneYear },
  'x-different': { type: 'object', rule: different },
  'x-sum': { type: 'object', rule: sums },
  'x-identity': { type: 'object', rule: identity },
  'x-latest-edition': { type: 'object', rule: latestEdition }
}

/** Annotations: read by screens, prefill and messages, without effect on what is valid. */
const annotations = ['x-messages', 'x-prefill', 'x-extra', 'x-unit']

/** Teaches an Ajv instance (made with `passContext` and `allErrors`) the keywords above. */
export function addKeywords(ajv: Ajv): Ajv {
  for (const [keyword, { type, rule }] of Object.entries(rules)) ajv.addKeyword(toKeyword(keyword, type, rule))
  return ajv.addVocabulary(annotations)
}

function toKeyword(keyword: string, type: 'string' | 'array' | 'object', rule: Rule): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = function check(this: unknown, argument, value, parent, place) {
    const findings = rule.call(this as CheckContext, argument as never, value as never)
    const own = (parent as { 'x-messages'?: Record<string, string> } | undefined)?.['x-messages']?.[keyword]
    // Ajv reads the errors of a keyword from its function, right after the call.
    validate.errors = findings.map(({ at, code, message }) => ({
      keyword,
      instancePath: `${place?.instancePath ?? ''}${at}`,
      params: { code },
      message: own ?? message
    }))
    return findings.length === 0
  }
  return { keyword, type, validate, errors: true }
}

function windowOnly(this: CheckContext, values: readonly string[], value: string): Finding[] {
  const isRefused = this.channel !== undefined && this.channel !== 'window' && values.includes(value)
  return isRefused ? one('WINDOW_ONLY', '此项只能到政务服务窗口办理') : []
}

/** The same for what people write themselves: `pattern` finds the words. */
function windowOnlyText(this: CheckContext, pattern: string, text: string): Finding[] {
  return new RegExp(pattern, 'u').test(text) ? windowOnly.call(this, [text], text) : []
}

function notInFuture(this: CheckContext, _: true, date: string): Finding[] {
  return date.length === 10 && date > this.today ? one('DATE_IN_FUTURE', '不能晚于今天') : []
}

function notBeforeYear(this: CheckContext, _: true, date: string): Finding[] {
  return date.length === 10 && date.slice(0, 4) < this.today.slice(0, 4) ? one('DATE_BEFORE_YEAR', '不能早于今年') : []
}

// Codes of other regions are not known here, and old household codes outlive their counties: only our own are held
// against the list.
function knownDivision(this: CheckContext, _: true, code: string): Finding[] {
  const isKnown = !code.startsWith(this.province) || this.divisions.has(code.slice(0, 6))
  return isKnown ? [] : one('DIVISION_UNKNOWN', '不在本自治区的行政区划列表内，请重新选择')
}

function citizenNumber(this: CheckContext, _: true, number: string): Finding[] {
  return isCitizenNumber(number) ? [] : one('ID_NUMBER_INVALID', '公民身份号码校验码不正确或格式有误，请核对')
}

function uniqueBy(this: CheckContext, field: string, rows: readonly Row[]): Finding[] {
  const seen = new Set<unknown>()
  return rows.flatMap((row, index) => {
    const key = row?.[field]
    // "其他" may stand for several things, told apart by their names.
    const isRepeated = key !== undefined && key !== 'other' && seen.has(key)
    seen.add(key)
    return isRepeated ? one('ROW_DUPLICATE', '不能重复填写', `/${index}/${field}`) : []
  })
}

/** A row may neither stand beside its counterpart nor meet the counterpart's registration in the same application. */
function exclusiveRows(
  this: CheckContext, { field, pairs }: { field: string; pairs: readonly [string, string][] }, rows: readonly Row[]
): Finding[] {
  const values = rows.map(row => row?.[field])
  return rows.flatMap((row, index) => {
    const pair = pairs.find(both => both.includes(row?.[field] as string))
    const counterpart = pair?.find(slug => slug !== row[field])
    if (counterpart === undefined) return []
    const at = `/${index}/${field}`
    if (this.matters.includes(counterpart)) {
      return one('ROW_EXCLUDED', `已选办《${this.titleOf(counterpart)}》，不能同时申报此险种`, at)
    }
    return values.indexOf(counterpart) >= 0 && values.indexOf(counterpart) < index
      ? one('ROWS_EXCLUSIVE', '与前面申报的险种不能同时参加，只能申报其中一种', at)
      : []
  })
}

function inOrder(this: CheckContext, pairs: readonly [string, string][], value: Row): Finding[] {
  return pairs.flatMap(([start, end]) => {
    const [from, until] = [value[start], value[end]]
    const isReversed = typeof from === 'string' && typeof until === 'string' && from > until
    return isReversed ? one('DATES_REVERSED', '止期不能早于起期', `/${end}`) : []
  })
}

/** What is reckoned by the calendar year is declared for one of them. */
function inOneYear(this: CheckContext, [start, end]: readonly [string, string], value: Row): Finding[] {
  const [from, until] = [value[start], value[end]]
  const isCrossed = typeof from === 'string' && typeof until === 'string' && from.slice(0, 4) < until.slice(0, 4)
  return isCrossed ? one('PERIOD_CROSSES_YEAR', '起止须在同一年内', `/${end}`) : []
}

function different(this: CheckContext, [before, after]: readonly [string, string], value: Row): Finding[] {
  const isSame = value[after] !== undefined && value[before] === value[after]
  return isSame ? one('CHANGE_WITHOUT_EFFECT', '变更后的内容与变更前相同', `/${after}`) : []
}

function sums(
  this: CheckContext, totals: readonly { rows: string; part: string; total: string }[], value: Row
): Finding[] {
  return totals.flatMap(({ rows, part, total }) => {
    const parts = Array.isArray(value[rows]) ? (value[rows] as Row[]).map(row => row?.[part] ?? 0) : []
    if (value[total] === undefined || !parts.every(Number.isSafeInteger)) return []
    return sumFen(parts as number[]) === value[total] ? [] : one('TOTAL_MISMATCH', '合计与各行金额之和不一致，请核对', `/${total}`)
  })
}

function identity(this: CheckContext, names: IdentityNames, value: Row): Finding[] {
  return identityFindings(names, value, this.today)
}

function latestEdition(this: CheckContext, names: Parameters<typeof oldEditionFindings>[0], value: Row): Finding[] {
  return oldEditionFindings(names, value, this.matters)
}
