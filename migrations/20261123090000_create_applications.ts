import type { Knex } from 'knex'

/** 主件: one application. Instants are bigint (ms, UTC), dates text, `*_enc` sealed text, `*_key` keyed hashes. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('application', table => {
    table.text('id').notNullable().primary()
    table.text('number').unique()
    table.text('region').notNullable()
    table.text('channel').notNullable()
    table.boolean('status_draft').notNullable().defaultTo(true)
    table.text('applicant_key').notNullable()
    table.text('person_key')
    table.text('mobile_last4_key')
    table.text('name_key')
    table.text('mobile_key')
    table.integer('version').notNullable().defaultTo(1)
    table.text('matters').notNullable().defaultTo('[]')
    table.text('content_enc').notNullable()
    table.text('confirmed_notices').notNullable().defaultTo('[]')
    table.text('signature_enc')
    table.text('division')
    table.text('audit_head')
    table.text('created_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.bigInteger('submitted_at')
    table.bigInteger('accepted_at')
    table.text('accepted_on')
    table.text('traceparent')
    table.bigInteger('process_started_at')
    table.bigInteger('refused_at')
    table.bigInteger('closed_at')
    table.index(['applicant_key', 'updated_at', 'id'], 'application_applicant')
    table.index(['person_key'], 'application_person')
    table.index(['name_key'], 'application_name')
    table.index(['mobile_key'], 'application_mobile')
    table.index(['region', 'updated_at', 'id'], 'application_region')
  })
  await knex.schema.createTable('number_sequence', table => {
    table.text('region').notNullable()
    table.text('day').notNullable()
    table.integer('last').notNullable()
    table.primary(['region', 'day'])
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('number_sequence')
  await knex.schema.dropTable('application')
}
