import type { Knex } from 'knex'
import type { ServerContext } from '../context.ts'
import { isPostgres } from './connect.ts'

/** One row of `application` (主件). Instants are milliseconds UTC, dates `YYYY-MM-DD`, JSON columns still text. */
export interface Application {
  id: string
  number: string | null
  region: string
  channel: 'online' | 'window' | 'platform'
  /** True until it is submitted. */
  status_draft: boolean
  /** Keyed hash of the account that owns the application. */
  applicant_key: string
  /** Keyed hash of the type and number of the identity document; null in a draft without one. */
  person_key: string | null
  mobile_last4_key: string | null
  name_key: string | null
  mobile_key: string | null
  version: number
  matters: string
  content_enc: string
  confirmed_notices: string | null
  signature_enc: string | null
  division: string | null
  audit_head: string | null
  created_by: string
  created_at: number
  updated_at: number
  submitted_at: number | null
  accepted_at: number | null
  accepted_on: string | null
  traceparent: string | null
  process_started_at: number | null
  refused_at: number | null
  closed_at: number | null
  /** Since when its files, and since when what it tells of the person, are erased by the region's periods. */
  materials_erased_at?: number | null
  erased_at?: number | null
}

/** What the applicant wrote; encrypted as one JSON text in `content_enc`. */
export interface ApplicationContent {
  common: Record<string, unknown>
  items: Record<string, Record<string, unknown>>
  agent: Record<string, unknown> | null
}

export type ApplicationPatch = Partial<Omit<Application, 'id' | 'created_at' | 'updated_at'>>

/** Finds an application by id; null when there is none. Inside a transaction `lock` holds the row until its end (PostgreSQL). */
export async function findApplication(db: Knex, id: string | Knex.Raw, lock = false): Promise<Application | null> {
  const query = db<Application>('application').where('id', id).first()
  // SQLite has one writer: it needs (and knows) no row locks. NO KEY: rows that refer to this one may still be inserted.
  return await (lock && isPostgres(db) ? query.forNoKeyUpdate() : query) ?? null
}

export async function findApplicationByNumber(db: Knex, number: string): Promise<Application | null> {
  return await db<Application>('application').where({ number }).first() ?? null
}

export interface Page {
  /** Only rows that come after this one (newest first). */
  readonly after: { readonly key: number; readonly id: string } | null
  readonly limit: number
}

/** Lists the applications of one account, the most recently changed first, by keyset. */
export async function listApplicationsOf(db: Knex, applicantKey: string, { after, limit }: Page): Promise<Application[]> {
  const query = db<Application>('application').where({ applicant_key: applicantKey })
  if (after) {
    query.andWhere(older => older
      .where('updated_at', '<', after.key)
      .orWhere(same => same.where('updated_at', after.key).andWhere('id', '<', after.id)))
  }
  return await query.orderBy([{ column: 'updated_at', order: 'desc' }, { column: 'id', order: 'desc' }]).limit(limit)
}

/**
 * What somebody handed in, and what a window or a platform handed in for the person that they are. Drafts are left out.
 * `key` and `personKey` as in Actor.
 */
export function findApplicationsToldTo(
  db: Knex, { key, personKey }: { readonly key: string; readonly personKey: string | null }
): Promise<Application[]> {
  return db<Application>('application').where({ status_draft: false }).andWhere(own => {
    own.where({ applicant_key: key })
    if (personKey !== null) own.orWhere(other => other.where({ person_key: personKey }).whereNot({ channel: 'online' }))
  })
}

/** The application that a person handed in last, anywhere; null for a person who never did. */
export async function findLastOfPerson(db: Knex, personKey: string): Promise<Application | null> {
  return await db<Application>('application').where({ person_key: personKey, status_draft: false })
    .orderBy([{ column: 'submitted_at', order: 'desc' }, { column: 'id' }]).first() ?? null
}

/** Drafts and cases of a person in a region, the latest change first. */
export async function findApplicationsOfPerson(
  db: Knex, personKey: string, region: string, limit: number
): Promise<Application[]> {
  return await db<Application>('application').where({ person_key: personKey, region })
    .orderBy([{ column: 'updated_at', order: 'desc' }, { column: 'id' }]).limit(limit)
}

export async function insertApplication(db: Knex, row: Application): Promise<void> {
  await db('application').insert(row)
}

/** Changes columns of one application; `at` becomes `updated_at`. Does not touch `version` unless the patch names it. */
export async function updateApplication(db: Knex, id: string, patch: ApplicationPatch, at: number): Promise<void> {
  await db('application').where({ id }).update({ ...patch, updated_at: at })
}

/** Writes a draft only if its version is still the expected one; answers whether it did. */
export async function updateDraft(
  db: Knex, id: string, version: number, patch: ApplicationPatch, at: number
): Promise<boolean> {
  const changed = await db('application')
    .where({ id, version, status_draft: true })
    .update({ ...patch, version: version + 1, updated_at: at })
  return changed === 1
}

/** Deletes a draft (never a submitted application); answers whether there was one. */
export async function deleteDraft(db: Knex, id: string, version: number): Promise<boolean> {
  return await db('application').where({ id, version, status_draft: true }).delete() === 1
}

/** Decrypts what the applicant wrote. */
export function readContent(
  { crypto }: Pick<ServerContext, 'crypto'>, { id, content_enc }: Pick<Application, 'id' | 'content_enc'>
): ApplicationContent {
  return JSON.parse(crypto.decrypt('application', 'content_enc', id, content_enc)) as ApplicationContent
}

/** Encrypts what the applicant wrote for the row with this id. */
export function sealContent({ crypto }: Pick<ServerContext, 'crypto'>, id: string, content: ApplicationContent): string {
  return crypto.encrypt('application', 'content_enc', id, JSON.stringify(content))
}

/** The selected matters, in the order of the applicant. */
export function mattersOf({ matters }: Pick<Application, 'matters'>): string[] {
  return JSON.parse(matters) as string[]
}
