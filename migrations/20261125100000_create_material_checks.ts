import type { Knex } from 'knex'

/** What was found out about materials without the applicant: licences that make one needless, and originals that were seen. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('licence_check', table => {
    table.text('application_id').notNullable().references('application.id').onDelete('CASCADE')
    table.text('type').notNullable()
    // found · none · unmatched · unavailable
    table.text('outcome').notNullable()
    table.text('licence_enc')
    // Of whom was asked: another person in the form makes the answer void.
    table.text('person_key').notNullable()
    table.text('request_id').notNullable()
    table.bigInteger('checked_at').notNullable()
    table.primary(['application_id', 'type'])
  })
  await knex.schema.createTable('original_check', table => {
    table.text('id').notNullable().primary()
    table.text('application_id').notNullable().references('application.id').onDelete('CASCADE')
    table.text('code').notNullable()
    table.text('way').notNullable()
    table.text('note_enc')
    table.text('checked_by').notNullable()
    table.bigInteger('checked_at').notNullable()
    table.index(['application_id', 'code'], 'original_check_application')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('original_check')
  await knex.schema.dropTable('licence_check')
}
