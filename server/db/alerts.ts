import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { atRemitOrOpen } from './remit.ts'
import type { Remit } from './remit.ts'

export type AlertKind = 'yellow' | 'red' | 'rating' | 'feedback' | 'incident' | 'circuit'

/** Something that supervisors may have asked to be told of. What names no region, department or division is everybody's. */
export interface Alert {
  readonly id: string
  readonly kind: AlertKind
  readonly source: string
  readonly region: string | null
  readonly department: string | null
  readonly division: string | null
  readonly slug: string | null
  readonly application_id: string | null
  /** Business ms. */
  readonly at: number
  readonly ended_at: number | null
}

export interface Subscription {
  readonly id: string
  readonly account: string
  readonly kind: AlertKind
  /** '' = all that the account oversees, 4501 = all that begin so. */
  readonly division_prefix: string
  readonly slug: string | null
  readonly created_at: number
  readonly ended_at: number | null
}

type NewAlert = Pick<Alert, 'kind' | 'source' | 'at'> & Partial<Pick<Alert, 'region' | 'department' | 'division' | 'slug' | 'application_id'>>

/** Tells of something, in the transaction of its cause; of the same thing once, however often it is told. */
export function raiseAlert(trx: Knex, alert: NewAlert): Promise<void> {
  return raiseAlerts(trx, [alert])
}

/** The same of several things. */
export async function raiseAlerts(trx: Knex, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return
  await trx('alert').insert(alerts.map(alert => ({ id: randomUUID(), ...alert }))).onConflict(['kind', 'source']).ignore()
}

/** Alerts of a kind that last, by department. */
export async function findLasting(db: Knex, kind: AlertKind): Promise<Map<string, string>> {
  const rows = await db<Alert>('alert').where({ kind, ended_at: null }).select('id', 'department')
  return new Map(rows.map(({ id, department }) => [department ?? '', id]))
}

export async function endAlert(db: Knex, id: string, at: number): Promise<void> {
  await db('alert').where({ id }).update({ ended_at: at })
}

/** What an account was told: each alert that came while it had asked for its kind, once, the latest first. */
export async function listAlerts(
  db: Knex, account: string, remit: Remit, limit: number
): Promise<(Alert & { readonly read_at: number | null })[]> {
  return await told(db, account, remit).leftJoin('alert_reading', reading => {
    reading.on('alert_reading.alert_id', 'alert.id').andOnVal('alert_reading.account', account)
  }).orderBy([{ column: 'alert.at', order: 'desc' }, { column: 'alert.id', order: 'desc' }]).limit(limit)
    .select('alert.*', 'alert_reading.read_at') as (Alert & { read_at: number | null })[]
}

/** Marks all that an account was told as read. */
export async function readAlerts(db: Knex, account: string, remit: Remit, at: number): Promise<void> {
  const known = db('alert_reading').where({ account }).select('alert_id')
  const ids = await told(db, account, remit).whereNotIn('alert.id', known as never).pluck('alert.id') as string[]
  for (let start = 0; start < ids.length; start += 200) {
    const rows = ids.slice(start, start + 200).map(id => ({ account, alert_id: id, read_at: at }))
    await db('alert_reading').insert(rows).onConflict(['account', 'alert_id']).ignore()
  }
}

function told(db: Knex, account: string, remit: Remit): Knex.QueryBuilder {
  const asked = db('alert_subscription as asked').select('asked.id').where('asked.account', account)
    .whereRaw('asked.kind = alert.kind and asked.created_at <= alert.at and (asked.ended_at is null or alert.at < asked.ended_at)')
    .whereRaw('(asked.slug is null or asked.slug = alert.slug)')
    .whereRaw("(alert.division is null or alert.division like asked.division_prefix || '%')")
  return atRemitOrOpen(db('alert').whereExists(asked), remit)
}

export function listSubscriptions(db: Knex, account: string): Promise<Subscription[]> {
  return db<Subscription>('alert_subscription').where({ account, ended_at: null }).orderBy(['created_at', 'id'])
}

export async function insertSubscription(db: Knex, subscription: Subscription): Promise<void> {
  await db('alert_subscription').insert(subscription)
}

/** Ends a subscription of an account; false when there is none such. What it told stays told. */
export async function endSubscription(db: Knex, account: string, id: string, at: number): Promise<boolean> {
  return await db('alert_subscription').where({ id, account, ended_at: null }).update({ ended_at: at }) === 1
}
