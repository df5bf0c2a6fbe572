import type { Knex } from 'knex'

/**
 * What tells of the person in the rows of a case, by table: these columns are emptied when its form is erased. The rows stay, and
 * with them states, dates, numbers, receipts and hashes, so that what was counted and proved once still is.
 */
export const EMPTIED: Readonly<Record<string, readonly string[]>> = {
  decision: ['reason_text_enc', 'values_enc'],
  department_call: ['result_enc'],
  item: ['person_key'],
  item_row: ['assessment_enc'],
  licence_check: ['licence_enc'],
  original_check: ['note_enc'],
  rating: ['text_enc'],
  verdict: ['text_enc'],
  window_intake: ['witness_enc', 'agent_key'],
  work_item: ['draft_enc']
}

/** Rows that are nothing without the person's words: they go whole. */
export const REMOVED = ['task_remark'] as const

/** Stands where somebody's own words were and something must. */
export const NOTHING = '（已按保存期限删除）'

/** Sealed columns that the erasure of a form does not touch, and why. */
export const KEPT: Readonly<Record<string, string>> = {
  'application.content_enc': 'sealed anew, empty',
  'application.signature_enc': 'emptied with the form',
  'audit_event.text_enc': 'the chain is hashed over its sealed form; what staff wrote stays as long as the trail',
  'decision_proposal.input_enc': 'goes with the decision that it leads to; none is left when a case is closed',
  'feedback.content_enc': 'a kind of its own',
  'feedback.reply_enc': 'a kind of its own',
  'idempotency_key.response_enc': 'deleted by the owner of the case; those of steps hold outcomes only',
  'material.file_name_enc': 'a kind of its own',
  'notification_contact.contact_enc': 'of an account, taken back by its owner',
  'outage.reason_enc': 'about a system',
  'oversight_action.answer_enc': 'between members of the staff',
  'oversight_action.proof_enc': 'between members of the staff',
  'oversight_action.proof_file_name_enc': 'between members of the staff',
  'oversight_action.remark_enc': 'between members of the staff',
  'oversight_action.text_enc': 'between members of the staff',
  'person_account.profile_enc': 'of an account, renewed at each login',
  'rating_remark.text_enc': 'emptied by the rating that it belongs to',
  'topic_pause.reason_enc': 'about a step'
}

/** Empties what tells of the person in a case; `content` is the empty form, sealed. In the caller's transaction. */
export async function eraseForm(trx: Knex, id: string, { content, at }: { content: string; at: number }): Promise<void> {
  for (const [table, columns] of Object.entries(EMPTIED)) {
    await trx(table).where({ application_id: id }).update(Object.fromEntries(columns.map(column => [column, null])))
  }
  for (const table of REMOVED) await trx(table).where({ application_id: id }).delete()
  await trx('rating_remark').whereIn('rating_id', trx('rating').where({ application_id: id }).select('id')).update({ text_enc: null })
  // What rules and the system say is the same for everybody; somebody's own words may name the person.
  const items = trx('item').where({ application_id: id }).select('id')
  await trx('item_reason').whereIn('item_id', items).whereIn('source', ['clerk', 'department']).update({ message: NOTHING })
  // Must hold something; whose it was is what has to go.
  await trx('licence_check').where({ application_id: id }).update({ person_key: '' })
  const { applicant_key: owner, ended } = await trx('application').where({ id })
    .first('applicant_key', trx.raw('coalesce(closed_at, refused_at) as ended')) as { applicant_key: string; ended: unknown }
  await trx('idempotency_key').where({ applicant_key: owner }).where('created_at', '<=', Number(ended)).delete()
  await trx('application').where({ id }).update({
    content_enc: content, signature_enc: null, person_key: null, mobile_last4_key: null, name_key: null, mobile_key: null,
    applicant_key: '', created_by: '', erased_at: at
  })
}

/** Takes the messages of a case away, with the text messages that went out for them. */
export async function eraseMessages(trx: Knex, id: string): Promise<void> {
  const own = trx('notification').where({ application_id: id }).select('id')
  await trx('text_message').whereIn('notification_id', own).delete()
  await trx('notification').where({ application_id: id }).delete()
}
