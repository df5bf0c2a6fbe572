import type { Knex } from 'knex'

/** What a counter notes beside an application: who took it in, how it was signed, and the call to whoever could not wait. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('window_intake', table => {
    table.text('application_id').notNullable().primary().references('application.id').onDelete('CASCADE')
    // Division of the counter; null = of the whole region.
    table.text('division')
    table.text('taken_by').notNullable()
    table.bigInteger('taken_at').notNullable()
    // screen · paper · fingerprint; null until it was noted
    table.text('signing')
    table.text('witness_enc')
    table.boolean('has_signed_copies').notNullable().defaultTo(false)
    // Keyed hash of the agent's document that was shown: another agent in the form makes the check void.
    table.text('agent_key')
    table.bigInteger('agent_checked_at')
    table.bigInteger('call_back_promised_at')
    table.bigInteger('told_at')
    table.index(['taken_at'], 'window_intake_taken')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('window_intake')
}
