import type { Knex } from 'knex'
import type { Application } from './applications.ts'

/** How an application was signed at a counter: on the screen, on the printed form, or with a fingerprint before a witness. */
export const signings = ['screen', 'paper', 'fingerprint'] as const
export type Signing = (typeof signings)[number]

/** One row of `window_intake`. Instants are milliseconds UTC on the business clock. */
export interface WindowIntake {
  readonly application_id: string
  /** Of the counter, six digits; null = of the whole region. */
  readonly division: string | null
  /** Account of who took it in. */
  readonly taken_by: string
  readonly taken_at: number
  readonly signing: Signing | null
  readonly witness_enc: string | null
  readonly has_signed_copies: boolean
  readonly agent_key: string | null
  readonly agent_checked_at: number | null
  readonly call_back_promised_at: number | null
  /** When the applicant was told the result, at the counter or by the call. */
  readonly told_at: number | null
}

export type IntakePatch = Partial<Omit<WindowIntake, 'application_id' | 'division' | 'taken_by' | 'taken_at'>>

export async function insertIntake(
  db: Knex, intake: Pick<WindowIntake, 'application_id' | 'division' | 'taken_by' | 'taken_at'>
): Promise<void> {
  await db('window_intake').insert(intake)
}

export async function findIntake(db: Knex, applicationId: string): Promise<WindowIntake | null> {
  return await db<WindowIntake>('window_intake').where({ application_id: applicationId }).first() ?? null
}

export async function updateIntake(db: Knex, applicationId: string, patch: IntakePatch): Promise<void> {
  await db('window_intake').where({ application_id: applicationId }).update(patch)
}

export type Waiting = Pick<Application, 'id' | 'number' | 'content_enc' | 'submitted_at'>
  & Pick<WindowIntake, 'division' | 'call_back_promised_at'>

/** Submitted since `since`, or promised a call at any time, of a region; nobody has told these applicants the result yet. */
export async function findWaiting(db: Knex, region: string, since: number, limit: number): Promise<Waiting[]> {
  return await db('window_intake').join('application', 'application.id', 'window_intake.application_id')
    .where({ 'application.region': region, 'application.status_draft': false }).whereNull('window_intake.told_at')
    .andWhere(any => any.where('application.submitted_at', '>=', since).orWhereNotNull('window_intake.call_back_promised_at'))
    .orderBy([{ column: 'application.submitted_at' }, { column: 'application.id' }]).limit(limit)
    .select('application.id', 'application.number', 'application.content_enc', 'application.submitted_at',
      'window_intake.division', 'window_intake.call_back_promised_at') as Waiting[]
}
