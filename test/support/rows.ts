import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'

/** Adds a bare application, for tests that only need one to hang something on; returns its id. */
export async function insertApplication(db: Knex, values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = randomUUID()
  await db('application').insert({
    id, region: 'guangxi', channel: 'online', applicant_key: 'someone', content_enc: '', created_by: 'someone', created_at: 1, updated_at: 1, ...values
  })
  return id
}

/** Adds an open item of an application of its own, due on 24 March 2026; returns its id. */
export async function insertItem(db: Knex, values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = randomUUID()
  await db('item').insert({
    id, application_id: await insertApplication(db), slug: 'resident-pension', region: 'guangxi', channel: 'online', department: 'hrss',
    division: '450100', status: 'reviewing', promised_due: '2026-03-24', red_due: '2026-03-25', deadline_kind: 'promised',
    created_at: 1, updated_at: 1, ...values
  })
  return id
}
