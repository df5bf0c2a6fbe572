import type { Knex } from 'knex'

/** What a clerk found about one field or material. None is ever changed: a later one on the same subject counts instead. */
export interface Verdict {
  readonly id: string
  readonly task_id: string
  readonly application_id: string
  /** A JSON pointer into the form, or `material:<code>`. */
  readonly subject: string
  readonly verdict: 'right' | 'wrong'
  readonly reason_code: string | null
  readonly text_enc: string | null
  readonly given_by: string
  readonly created_at: number
}

export async function insertVerdict(db: Knex, verdict: Verdict): Promise<void> {
  await db('verdict').insert(verdict)
}

/** The verdicts on an application, oldest first. */
export function findVerdicts(db: Knex, applicationId: string): Promise<Verdict[]> {
  return db<Verdict>('verdict').where({ application_id: applicationId }).orderBy(['created_at', 'id'])
}
