import type { Knex } from 'knex'

/** A day of which a person is to be reminded in time; added with the event that named it (announcements.ts). */
export interface Reminder {
  readonly id: string
  /** Item, or row of a declaration. */
  readonly subject_id: string
  readonly kind: 'correction' | 'payment'
  /** YYYY-MM-DD. */
  readonly due_on: string
  readonly settled_at: number | null
}

/** Reminders whose day is `until` at the latest. */
export function findDueReminders(db: Knex, until: string, limit: number): Promise<Reminder[]> {
  return db<Reminder>('reminder').whereNull('settled_at').where('due_on', '<=', until).orderBy([{ column: 'due_on' }, { column: 'id' }]).limit(limit)
}

/** Settles a reminder; answers false when it was settled before. */
export async function settleReminder(db: Knex, id: string, at: number): Promise<boolean> {
  return await db('reminder').where({ id }).whereNull('settled_at').update({ settled_at: at }) === 1
}
