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
