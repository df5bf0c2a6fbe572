import type { Knex } from 'knex'
import type { AuditRow } from './audit-event.ts'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'

export interface AuditFilter {
  readonly applicationId?: string
  readonly number?: string
  readonly type?: string
  readonly actor?: string
  /** Business instants, ms: [from, to). */
  readonly from?: number
  readonly to?: number
}

export type AuditEvent = AuditRow & { readonly number: string | null }

/**
 * Events of the cases within a remit, the newest first, by keyset on (at, id); whoever oversees a whole region also sees what
 * was noted about the region itself.
 */
export async function listAudit(
  db: Knex, remit: Remit, filter: AuditFilter, { after, limit }: { after: { key: number; id: string } | null; limit: number }
): Promise<AuditEvent[]> {
  const query = db('audit_event').leftJoin('application', 'application.id', 'audit_event.chain').where(own => {
    casesOf(db, remit, own)
    if (isWholeRegion(remit)) own.orWhere(system => ofRegion(system, remit.region))
  })
  if (filter.applicationId !== undefined) query.where('audit_event.chain', filter.applicationId)
  if (filter.number !== undefined) query.where('application.number', filter.number)
  if (filter.type !== undefined) query.where('audit_event.type', filter.type)
  if (filter.actor !== undefined) query.where('audit_event.actor_id', filter.actor)
  if (filter.from !== undefined) query.where('audit_event.at', '>=', filter.from)
  if (filter.to !== undefined) query.where('audit_event.at', '<', filter.to)
  if (after) {
    query.andWhere(earlier => earlier.where('audit_event.at', '<', after.key)
      .orWhere(same => same.where('audit_event.at', after.key).andWhere('audit_event.id', '<', after.id)))
  }
  return await query.select('audit_event.*', 'application.number')
    .orderBy([{ column: 'audit_event.at', order: 'desc' }, { column: 'audit_event.id', order: 'desc' }]).limit(limit) as AuditEvent[]
}

/** Ids of the submitted applications within a remit, by keyset on the id. */
export async function listChains(
  db: Knex, remit: Remit, after: string, limit: number
): Promise<{ id: string; number: string }[]> {
  return await casesOf(db, remit, db('application')).where('application.id', '>', after)
    .orderBy('application.id').limit(limit).select('application.id', 'application.number') as { id: string; number: string }[]
}

/** Whether a case lies within a remit. */
export async function isWithinRemit(db: Knex, remit: Remit, applicationId: string): Promise<boolean> {
  return (await withinRemit(db, remit, [applicationId])).has(applicationId)
}

/** Which of these cases lie within a remit. */
export async function withinRemit(db: Knex, remit: Remit, applicationIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (applicationIds.length === 0) return new Set()
  return new Set(await casesOf(db, remit, db('application')).whereIn('application.id', [...applicationIds]).pluck('application.id') as string[])
}

function isWholeRegion({ department, divisionPrefix }: Remit): boolean {
  return department === null && divisionPrefix === ''
}

/**
 * Events of the system's own chain that name the region, or all of them; their data is JSON with its members in order and nothing
 * between.
 */
function ofRegion(query: Knex.QueryBuilder, region: string): void {
  const names = (one: string): string => `%"region":${JSON.stringify(one)}%`
  query.where('audit_event.chain', 'system')
    .andWhere(named => named.whereLike('audit_event.data', names(region)).orWhereLike('audit_event.data', names('all')))
}

/** A case is somebody's who oversees one of its items. */
function casesOf(db: Knex, remit: Remit, query: Knex.QueryBuilder): Knex.QueryBuilder {
  query.where('application.region', remit.region).whereNotNull('application.number')
  if (isWholeRegion(remit)) return query
  return query.whereExists(atRemit(db('item').select('item.id').whereRaw('item.application_id = application.id'), remit, 'item'))
}
