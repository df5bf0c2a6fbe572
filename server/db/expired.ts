import type { Knex } from 'knex'
import type { RetentionKind } from '../../core/retention.ts'

export interface Expired {
  readonly count: number
  /** When the period of the oldest began, business ms. */
  readonly oldestAt: number | null
}

interface Source {
  readonly query: (db: Knex, region: string) => Knex.QueryBuilder
  /** Where the row says when its period began. */
  readonly since: string
  readonly id: string
}

const ENDED = 'coalesce(application.closed_at, application.refused_at)'
const ended = (db: Knex, region: string): Knex.QueryBuilder =>
  db('application').where({ 'application.region': region, 'application.status_draft': false }).whereRaw(`${ENDED} is not null`)

/** What may be past its period, by kind: no open case, nothing that is erased already. */
const SOURCES: Readonly<Record<RetentionKind, Source>> = {
  drafts: {
    id: 'application.id', since: 'application.updated_at',
    query: (db, region) => db('application').where({ region, status_draft: true })
  },
  materials: {
    id: 'application.id', since: ENDED,
    query: (db, region) => ended(db, region).whereNull('application.materials_erased_at')
      .whereExists(db('material').select('id').whereRaw('material.application_id = application.id'))
  },
  forms: { id: 'application.id', since: ENDED, query: (db, region) => ended(db, region).whereNull('application.erased_at') },
  messages: {
    id: 'application.id', since: ENDED,
    query: (db, region) => ended(db, region)
      .whereExists(db('notification').select('id').whereRaw('notification.application_id = application.id'))
  },
  feedback: {
    id: 'feedback.id', since: 'feedback.answered_at',
    query: (db, region) => db('feedback').where({ region, status: 'answered' }).whereNull('erased_at').whereNotNull('answered_at')
  }
}

/** How much of a kind began its period before an instant. */
export async function countExpired(db: Knex, region: string, kind: RetentionKind, before: number): Promise<Expired> {
  const { query, since, id } = SOURCES[kind]
  const [row] = await query(db, region).whereRaw(`${since} < ?`, [before]).count(`${id} as count`)
    .select(db.raw(`min(${since}) as oldest`)) as { count: unknown; oldest: unknown }[]
  return { count: Number(row?.count ?? 0), oldestAt: row?.oldest ? Number(row.oldest) : null }
}

/** Ids of those, the oldest first. */
export async function findExpired(
  db: Knex, region: string, kind: RetentionKind, { before, limit }: { before: number; limit: number }
): Promise<string[]> {
  const { query, since, id } = SOURCES[kind]
  const rows = await query(db, region).whereRaw(`${since} < ?`, [before]).select(`${id} as id`)
    .orderByRaw(`${since}, ${id}`).limit(limit) as { id: string }[]
  return rows.map(one => one.id)
}
