import type { Knex } from 'knex'

/** Ledger of every call to a department; `department_call.id` is the request id, constant over all retries. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('department_call', table => {
    table.text('id').notNullable().primary()
    table.text('subject_id').notNullable()
    table.text('application_id').notNullable()
    table.text('item_id')
    table.text('topic').notNullable()
    table.text('department').notNullable()
    table.integer('round').notNullable()
    table.integer('attempts').notNullable().defaultTo(0)
    table.text('status').notNullable()
    table.text('outcome')
    table.text('receipt_number')
    table.bigInteger('receipt_issued_at')
    table.text('payload_hash')
    table.text('response_hash')
    table.text('result_enc')
    table.text('traceparent')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.index(['subject_id', 'topic'], 'department_call_subject')
    table.index(['application_id'], 'department_call_application')
    table.index(['department', 'created_at'], 'department_call_open', { predicate: knex.whereRaw("status = 'open'") })
  })
  await knex.schema.createTable('department_attempt', table => {
    table.text('id').notNullable().primary()
    table.text('request_id').notNullable().references('department_call.id')
    table.integer('number').notNullable()
    table.bigInteger('started_at').notNullable()
    table.bigInteger('finished_at')
    table.text('result').notNullable()
    table.integer('http_status')
    table.index(['request_id', 'number'], 'department_attempt_request')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('department_attempt')
  await knex.schema.dropTable('department_call')
}
