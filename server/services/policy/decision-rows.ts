import { AppError } from '../../../core/errors.ts'
import type { DecisionRow as EngineRow } from '../../engine/gateway-deployments.ts'

/** One row that a table gave out, by output name. */
export type DecisionRow = Readonly<EngineRow>

/** The text in a column of a row. Throws AppError DECISION_FAILED (502) when the table gave none. */
export function textOf(row: DecisionRow, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw wrongColumn(column, value)
  return value
}

/** A text that the table may leave out; `''` counts as left out. */
export function optionalText(row: DecisionRow, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The number in a column, or null. Throws AppError DECISION_FAILED (502) for anything else. */
export function numberOf(row: DecisionRow, column: string): number | null {
  const value = row[column] ?? null
  if (value !== null && typeof value !== 'number') throw wrongColumn(column, value)
  return value
}

function wrongColumn(column: string, value: unknown): AppError {
  return new AppError('DECISION_FAILED', { cause: new Error(`column ${column} is ${String(value)}`) })
}

/** Whether a row that names a matter, or `*` for each, is about this one. */
export function isAbout(row: DecisionRow, matter: string): boolean {
  return row.matter === '*' || row.matter === matter
}
