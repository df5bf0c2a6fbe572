import { AppError } from '../../core/errors.ts'
import { toEngineDate } from './engine-dates.ts'

/** What a variable may hold: a code, a flag, a whole number, or a business instant. */
export type EngineValue = string | boolean | number | Date
export type EngineVariables = Readonly<Record<string, EngineValue>>

export interface TypedValue {
  readonly value: string | boolean | number
  readonly type: 'String' | 'Boolean' | 'Long' | 'Date'
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const DIVISION = /^\d{6}(\d{6})?$/
/** A run of digits that could be somebody's number. */
const NUMBER_OF_A_PERSON = /\d{7,}/

interface Rule {
  readonly names: RegExp
  readonly holds: (value: EngineValue) => boolean
}

const isCode = (value: EngineValue): boolean =>
  typeof value === 'string' && value.length <= 60 && CODE.test(value) && !NUMBER_OF_A_PERSON.test(value)
const isUuid = (value: EngineValue): boolean => typeof value === 'string' && UUID.test(value)

/**
 * The whole list of what may enter the engine. It keeps every value for years in tables, logs and incidents, so
 * nothing about a person may be among them (DESIGN §5): references, codes, flags and dates of the procedure only.
 */
const RULES: readonly Rule[] = [
  { names: /^(sel|row|is|has|needs)[A-Z][A-Za-z]*$/, holds: value => typeof value === 'boolean' },
  { names: /^(applicationId|itemId|rowId|[a-z][A-Za-z]*(ItemId|RowId))$/, holds: isUuid },
  { names: /^division$/, holds: value => typeof value === 'string' && DIVISION.test(value) },
  { names: /^[a-z][A-Za-z]*(At|Deadline|Due)$/, holds: value => value instanceof Date && !Number.isNaN(value.getTime()) },
  { names: /^[a-z][A-Za-z]*(Count|Days|Round)$/, holds: value => Number.isSafeInteger(value) },
  {
    names: /^(region|channel|decision|outcome|verification|registration|enrolment|route|result|insurance|reviewGroup)$/,
    holds: isCode
  },
  // A designer's own step may answer with a word of its own, as long as it is a code.
  { names: /^[a-z][A-Za-z]*(Result|State|Kind|Outcome)$/, holds: isCode }
]

/** Something that has no place in the engine was about to be sent there; the cause names the variable, never the value. */
export class ForbiddenVariable extends AppError {
  override name = 'ForbiddenVariable'

  constructor(what: string) {
    super('STEP_CONFLICT', { detail: '流程变量不在允许的范围内，请由人工核查。', cause: new Error(what) })
  }
}

/** Checks variables against the list and types them for the engine; dates lose the business clock's offset. */
export function toEngineVariables(variables: EngineVariables, offset: number): Record<string, TypedValue> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, toTyped(name, value, offset)]))
}

function toTyped(name: string, value: EngineValue, offset: number): TypedValue {
  const rule = RULES.find(({ names }) => names.test(name))
  if (!rule) throw new ForbiddenVariable(`variable ${name} may not enter the engine`)
  if (!rule.holds(value)) throw new ForbiddenVariable(`variable ${name} holds a value that may not enter the engine`)
  if (value instanceof Date) return { value: toEngineDate(value.getTime(), offset), type: 'Date' }
  if (typeof value === 'boolean') return { value, type: 'Boolean' }
  return typeof value === 'number' ? { value, type: 'Long' } : { value, type: 'String' }
}

const PERSONAL = /name|number|mobile|phone|address|birth|identity/i

/**
 * Checks the outcome of a department step before a worker hands it to the engine: a designer may name outcomes as needed,
 * so the values decide: codes and flags only. Throws ForbiddenVariable.
 */
export function checkResults(results: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(results)) {
    const isFit = typeof value === 'boolean' || isCode(value as EngineValue)
    if (!/^[a-z][A-Za-z]{0,39}$/.test(name) || (PERSONAL.test(name) && typeof value !== 'boolean') || !isFit) {
      throw new ForbiddenVariable(`outcome ${name} may not enter the engine`)
    }
  }
}

/** What a department step answered, checked as by `checkResults` and typed for the engine. */
export function typedResults(results: Readonly<Record<string, string | boolean>>): Record<string, TypedValue> {
  checkResults(results)
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, { value, type: typeof value === 'boolean' ? 'Boolean' : 'String' }]))
}
