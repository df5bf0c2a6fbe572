import type { Knex } from 'knex'

/** What a worker's step was answered, by the engine's task, so that a repetition gets the same and has no second effect. */
const OWNER = 'internal-step'

/** The kept answer's sealed text; null when the step has not been run for this key. */
export async function findStepAnswer(db: Knex, key: string): Promise<string | null> {
  const row = await db('idempotency_key').where({ applicant_key: OWNER, key }).first('response_enc') as { response_enc: string } | undefined
  return row?.response_enc ?? null
}

export async function keepStepAnswer(db: Knex, key: string, sealed: string, at: number): Promise<void> {
  await db('idempotency_key').insert({ applicant_key: OWNER, key, body_hash: '', status: 200, response_enc: sealed, created_at: at })
}

/** Notes a department's call-back by the id of its event; answers false when it was noted before. */
export async function noteCallback(
  db: Knex, department: string, eventId: string, bodyHash: string, at: number
): Promise<'new' | 'known' | 'changed'> {
  const key = { applicant_key: `callback:${department}`, key: eventId }
  const known = await db('idempotency_key').where(key).first('body_hash') as { body_hash: string } | undefined
  if (known) return known.body_hash === bodyHash ? 'known' : 'changed'
  const added = await db('idempotency_key').insert({ ...key, body_hash: bodyHash, status: 202, created_at: at })
    .onConflict(['applicant_key', 'key']).ignore().returning('key') as unknown[]
  return added.length === 1 ? 'new' : 'known'
}
