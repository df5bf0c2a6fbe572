import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { atRemitOrOpen } from './remit.ts'
import type { Remit } from './remit.ts'

/** Days on which a system was out, as an officer declared: they do not count for the items that it concerns. */
export interface Outage {
  readonly id: string
  readonly region: string
  /** Null = every department. */
  readonly department: string | null
  /** Six digits, zeros at the end for a whole city; null = the whole region. */
  readonly division: string | null
  /** First and last day, YYYY-MM-DD; null = it still lasts. */
  readonly started_on: string
  readonly ended_on: string | null
  readonly reason_enc: string
  readonly declared_by: string
  readonly declared_at: number
  readonly ended_by: string | null
  readonly ended_at: number | null
  /** When it had reached every open item; null while it is being applied. */
  readonly applied_at: number | null
  readonly applied_items: number | null
}

export async function insertOutage(db: Knex, outage: Outage): Promise<void> {
  await db('outage').insert(outage)
}

/** The outages that concern a remit, the newest first. */
export function listOutages(db: Knex, remit: Remit, limit: number): Promise<Outage[]> {
  return atRemitOrOpen(db('outage'), remit).orderBy([{ column: 'declared_at', order: 'desc' }, { column: 'id' }])
    .limit(limit) as unknown as Promise<Outage[]>
}

export async function findOutage(db: Knex, remit: Remit, id: string): Promise<Outage | null> {
  return await atRemitOrOpen(db('outage'), remit).where({ id }).first() as Outage | undefined ?? null
}

/** False = it has ended already. */
export async function endOutage(db: Knex, id: string, patch: Pick<Outage, 'ended_on' | 'ended_by' | 'ended_at'>): Promise<boolean> {
  return await db('outage').where({ id }).whereNull('ended_on').update({ ...patch, applied_at: null }) === 1
}

/** Those that have still to reach items: new, just ended, or going on, when items are accepted meanwhile. */
export function findUnapplied(db: Knex): Promise<Outage[]> {
  return db<Outage>('outage').whereNull('applied_at').orWhereNull('ended_on').orderBy('declared_at')
}

export async function markApplied(db: Knex, id: string, at: number, items: number): Promise<void> {
  await db('outage').where({ id }).update({ applied_at: at, applied_items: db.raw('coalesce(applied_items, 0) + ?', [items]) })
}

/** Open items that an outage concerns and has not reached as it is now, by keyset on the id. */
export async function listUnreached(db: Knex, outage: Outage, today: string, after: string, limit: number): Promise<string[]> {
  const { id, region, department, division, started_on, ended_on } = outage
  const query = db('item').join('application', 'application.id', 'item.application_id')
    .where('item.region', region).whereNull('item.decided_at').whereIn('item.status', ['accepted', 'reviewing', 'correcting'])
    .where('application.accepted_on', '<=', ended_on ?? today).where('item.id', '>', after)
    .whereNotExists(reached => {
      reached.from('clock_interval').whereRaw('clock_interval.subject_id = item.id').where({ kind: 'outage', reason: id })
      if (ended_on === null) reached.whereNull('ended_on')
      else reached.where({ ended_on })
    })
  if (started_on > today) return []
  if (department !== null) query.where('item.department', department)
  if (division !== null) query.whereLike('item.division', `${division.replace(/(00)+$/, '')}%`)
  return await query.orderBy('item.id').limit(limit).pluck('item.id') as string[]
}

/** Writes the outage into the clock of a subject that was accepted on a day, or its end where it was written before. */
export async function stopByOutage(
  trx: Knex, subjectId: string, { id, started_on, ended_on }: Outage, acceptedOn: string
): Promise<void> {
  const changed = await trx('clock_interval').where({ subject_id: subjectId, kind: 'outage', reason: id }).update({ ended_on })
  if (changed > 0) return
  await trx('clock_interval').insert({
    id: randomUUID(), subject_id: subjectId, kind: 'outage', started_on: started_on > acceptedOn ? started_on : acceptedOn,
    ended_on, reason: id
  })
}
