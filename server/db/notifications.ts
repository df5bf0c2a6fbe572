import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'

/** A message to the applicant that is still to be sent; its words come from the template, its person from the application. */
export interface NewNotification {
  readonly applicationId: string
  readonly itemId?: string
  readonly template: string
  readonly at: number
}

export async function insertNotification(db: Knex, { applicationId, itemId, template, at }: NewNotification): Promise<void> {
  await db('notification').insert({
    id: randomUUID(), application_id: applicationId, item_id: itemId ?? null, channel: 'message', template, status: 'pending', created_at: at
  })
}
