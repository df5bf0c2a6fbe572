import type { Knex } from 'knex'

/** One key of one actor: `status` is null while its first request is still being worked on. Real time, ms. */
export interface IdempotencyRow {
  applicant_key: string
  key: string
  body_hash: string
  status: number | null
  response_enc: string | null
  created_at: number
}

type Key = Pick<IdempotencyRow, 'applicant_key' | 'key'>

/** Takes a key for one request; of several at once exactly one gets it. Answers whether this one did. */
export async function takeKey(db: Knex, { applicant_key, key }: Key, bodyHash: string, at: number): Promise<boolean> {
  const taken = await db('idempotency_key')
    .insert({ applicant_key, key, body_hash: bodyHash, created_at: at })
    .onConflict(['applicant_key', 'key'])
    .ignore()
    .returning('key')
  return taken.length === 1
}

export async function findKey(db: Knex, { applicant_key, key }: Key): Promise<IdempotencyRow | null> {
  return await db<IdempotencyRow>('idempotency_key').where({ applicant_key, key }).first() ?? null
}

/** Takes over a key whose request died before it was answered; answers whether it was still unanswered since `since`. */
export async function takeOverKey(db: Knex, { applicant_key, key }: Key, since: number, at: number): Promise<boolean> {
  return await db('idempotency_key')
    .where({ applicant_key, key, created_at: since })
    .whereNull('status')
    .update({ created_at: at }) === 1
}

/** Keeps the answer of a request that succeeded. */
export async function keepAnswer(db: Knex, { applicant_key, key }: Key, status: number, sealed: string): Promise<void> {
  await db('idempotency_key').where({ applicant_key, key }).update({ status, response_enc: sealed })
}

/** Gives a key back whose request did nothing, so that it can be mended and sent again. */
export async function releaseKey(db: Knex, { applicant_key, key }: Key): Promise<void> {
  await db('idempotency_key').where({ applicant_key, key }).whereNull('status').delete()
}
