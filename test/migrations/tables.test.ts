import { expect } from 'chai'
import { ConnectSessionKnexStore } from 'connect-session-knex'
import type { SessionData } from 'express-session'
import type { Knex } from 'knex'
import { insertApplication } from '../support/rows.ts'
import { onBothDatabases } from '../support/databases.ts'

const TABLES: Readonly<Record<string, string>> = {
  application: 'id number region channel status_draft applicant_key person_key mobile_last4_key name_key mobile_key version matters content_enc confirmed_notices signature_enc division audit_head created_by created_at updated_at submitted_at accepted_at accepted_on traceparent process_started_at refused_at closed_at materials_erased_at erased_at',
  item: 'id application_id slug region department division channel status outcome person_key promised_due statutory_due red_due deadline_kind is_provisional promised_days statutory_days receipt_number receipt_issued_at delivery_method delivered_at round withdraw_requested_at has_incident decided_at version created_at updated_at',
  item_row: 'id item_id application_id insurance status outcome rests_on_existing waiting_for amount_fen payment_status receipt_number receipt_issued_at has_incident decided_at created_at updated_at assessment_enc',
  item_reason: 'id item_id row_id code rule_id clause message source created_at',
  clock_interval: 'id subject_id kind started_on ended_on reason',
  material: 'id application_id code slug file_name_enc sha256 size media_type stored_name uploaded_by created_at',
  correction: 'id item_id application_id fields materials deadline status opened_at created_by created_at submitted_at',
  decision: 'id task_id item_id application_id decision reason_code reason_text_enc values_enc decided_by effective_at created_at undone_at sent_at',
  work_item: 'id application_id item_id row_id region slug department division name kind activity_id process_definition_id process_instance_id decisions assignee delegated_from due_at created_at state version draft_enc rule_id updated_at ended_at',
  department_call: 'id subject_id application_id item_id topic department round attempts status outcome receipt_number receipt_issued_at payload_hash response_hash result_enc traceparent created_at updated_at',
  department_attempt: 'id request_id number started_at finished_at result http_status',
  outbox: 'id kind aggregate_id payload due_at attempts last_error created_at done_at locked_until',
  idempotency_key: 'applicant_key key body_hash status response_enc created_at',
  audit_event: 'id chain seq at type actor_role actor_id item_id data text_enc prev_hash hash',
  audit_seal: 'id number at count heads_hash prev_hash hash',
  notification: 'id application_id item_id channel template status created_at sent_at read_at',
  text_message: 'id notification_id recipient attempt status message_number updated_at',
  notification_contact: 'account_key person_key contact_enc updated_at',
  parcel: 'id application_id tracking_number status postage_fen collected_fen items sent_at updated_at',
  reminder: 'id subject_id kind due_on settled_at',
  rating: 'id application_id item_id level reasons text_enc created_at open_since',
  rating_remark: 'id rating_id kind level text_enc created_by created_at',
  feedback: 'id number region department division status content_enc mobile_last4_key handled_by reply_enc created_at answered_at erased_at',
  number_sequence: 'region day last',
  feed_cursor: 'name value',
  person_account: 'account_key profile_enc updated_at',
  sla_milestone: 'id subject_id kind fired_at',
  calendar_year: 'year status papers loaded_by loaded_at',
  calendar_day: 'date year is_off_day name',
  calendar_import: 'id year papers source days state proposed_by proposed_at decided_by decided_at redated_at redated_items',
  outage: 'id region department division started_on ended_on reason_enc declared_by declared_at ended_by ended_at applied_at applied_items',
  topic_pause: 'topic region reason_enc paused_by paused_at',
  model_draft: 'id region key kind base_version state version xml reason created_by created_at updated_by updated_at submitted_by',
  model_draft_revision: 'draft_id version xml saved_by saved_at',
  model_release: 'id draft_id region key from_version to_version deployment_id reason diff sha256 submitted_by released_by released_at',
  decided_tally: 'region since settled_before sums',
  open_item_tally: 'region today warn_before is_late counts',
  open_item_change: 'region department slug division channel status promised_due red_due deadline_kind is_standing delta',
  sessions: 'sid sess expired'
}

const refused = (query: PromiseLike<unknown>): Promise<boolean> =>
  Promise.resolve(query).then(() => false, (error: Error) => /unique/i.test(error.message))

onBothDatabases('migrations', ({ openMigrated }) => {
  let db: Knex
  before(async () => { db = await openMigrated() })

  for (const [table, columns] of Object.entries(TABLES)) {
    it(`make the table ${table}`, async () => {
      expect(Object.keys(await db(table).columnInfo())).to.have.members(columns.split(' '))
    })
  }

  it('refuse a second item of one matter, a second row of one insurance, a number given twice', async () => {
    const application_id = await insertApplication(db, { number: 'n1' })
    const item = { application_id, slug: 'a', region: 'guangxi', department: 'hrss', status: 'draft', created_at: 1, updated_at: 1 }
    await db('item').insert({ id: 'i1', ...item })
    expect(await refused(db('item').insert({ id: 'i2', ...item }))).to.equal(true)
    const row = { item_id: 'i1', application_id, insurance: 'x', status: 'waiting', created_at: 1, updated_at: 1 }
    await db('item_row').insert({ id: 'r1', ...row })
    expect(await refused(db('item_row').insert({ id: 'r2', ...row }))).to.equal(true)
    expect(await refused(insertApplication(db, { number: 'n1' }))).to.equal(true)
  })

  it('refuse a second decision on one task, a key used twice, two events in one place', async () => {
    const decision = { task_id: 't', application_id: 'a', decision: 'approve', decided_by: 'x', effective_at: 1, created_at: 1 }
    await db('decision').insert({ id: 'd1', ...decision })
    expect(await refused(db('decision').insert({ id: 'd2', ...decision }))).to.equal(true)
    const key = { applicant_key: 'a', key: 'k', body_hash: 'h', created_at: 1 }
    await db('idempotency_key').insert(key)
    expect(await refused(db('idempotency_key').insert(key))).to.equal(true)
    const event = { chain: 'c', seq: 1, at: 1, type: 't', actor_role: 'r', actor_id: 'i', prev_hash: '', hash: '' }
    await db('audit_event').insert({ id: 'e1', ...event })
    expect(await refused(db('audit_event').insert({ id: 'e2', ...event }))).to.equal(true)
  })

  it('make the table of sessions as the session store expects it', async () => {
    const store = new ConnectSessionKnexStore({ knex: db, createTable: false, cleanupInterval: 0 })
    const session = { cookie: { originalMaxAge: 60_000, maxAge: 60_000 }, account: 'citizen-gx-1' } as unknown as SessionData
    await store.set('s1', session)
    await store.set('s1', session)
    expect(await store.get('s1', () => undefined)).to.include({ account: 'citizen-gx-1' })
    await store.destroy('s1')
    expect(await store.get('s1', () => undefined)).to.equal(null)
  })
})
