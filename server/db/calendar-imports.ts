import type { Knex } from 'knex'
import type { CalendarDay } from '../../core/working-days.ts'

export type ImportState = 'proposed' | 'published' | 'rejected'

/** A year's arrangement that one person brought in and another publishes. */
export interface CalendarImport {
  readonly id: string
  readonly year: number
  /** JSON list of the titles of the official documents. */
  readonly papers: string
  /** Address at which the State Council published it. */
  readonly source: string
  /** JSON list of days. */
  readonly days: string
  readonly state: ImportState
  readonly proposed_by: string
  /** Business instants, ms. */
  readonly proposed_at: number
  readonly decided_by: string | null
  readonly decided_at: number | null
  /** When every open item had its dates by this arrangement; null until then. */
  readonly redated_at: number | null
  readonly redated_items: number | null
}

export async function insertImport(db: Knex, row: CalendarImport): Promise<void> {
  await db('calendar_import').insert(row)
}

export async function findImport(db: Knex, id: string): Promise<CalendarImport | null> {
  return await db<CalendarImport>('calendar_import').where({ id }).first() ?? null
}

/** The newest first. */
export function listImports(db: Knex, limit: number): Promise<CalendarImport[]> {
  return db<CalendarImport>('calendar_import').orderBy([{ column: 'proposed_at', order: 'desc' }, { column: 'id' }]).limit(limit)
}

/** False = somebody decided before. */
export async function decideImport(
  db: Knex, id: string, patch: Pick<CalendarImport, 'state' | 'decided_by' | 'decided_at'>
): Promise<boolean> {
  return await db('calendar_import').where({ id, state: 'proposed' }).update(patch) === 1
}

/** The published ones by which open items are still to be dated, in the order of their publication. */
export function findUndated(db: Knex): Promise<CalendarImport[]> {
  return db<CalendarImport>('calendar_import').where({ state: 'published' }).whereNull('redated_at').orderBy('decided_at')
}

export async function markDated(db: Knex, id: string, at: number, items: number): Promise<void> {
  await db('calendar_import').where({ id }).update({ redated_at: at, redated_items: items })
}

export function parseDays({ days }: Pick<CalendarImport, 'days'>): CalendarDay[] {
  return JSON.parse(days) as CalendarDay[]
}
