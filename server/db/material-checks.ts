import type { Knex } from 'knex'

/** What the public data platform said about one kind of licence. */
export interface LicenceCheck {
  readonly application_id: string
  readonly type: string
  readonly outcome: 'found' | 'none' | 'unmatched' | 'unavailable'
  readonly licence_enc: string | null
  readonly person_key: string
  readonly request_id: string
  readonly checked_at: number
}

/** An original that a member of the staff has seen. */
export interface OriginalCheck {
  readonly id: string
  readonly application_id: string
  readonly code: string
  readonly way: OriginalWay
  readonly note_enc: string | null
  readonly checked_by: string
  readonly checked_at: number
}

/** Shown at a window, or compared with the electronic licence by a person. */
export const originalWays = ['window', 'licence'] as const
export type OriginalWay = (typeof originalWays)[number]

export async function findLicenceChecks(db: Knex, applicationId: string): Promise<LicenceCheck[]> {
  return await db<LicenceCheck>('licence_check').where({ application_id: applicationId }).orderBy('type')
}

/** Keeps the newest answer for each kind of licence. */
export async function saveLicenceChecks(db: Knex, checks: readonly LicenceCheck[]): Promise<void> {
  if (checks.length === 0) return
  await db('licence_check').insert(checks).onConflict(['application_id', 'type']).merge()
}

export async function findOriginalChecks(db: Knex, applicationId: string): Promise<OriginalCheck[]> {
  return await db<OriginalCheck>('original_check').where({ application_id: applicationId }).orderBy(['checked_at', 'id'])
}

export async function insertOriginalCheck(db: Knex, check: OriginalCheck): Promise<void> {
  await db('original_check').insert(check)
}
