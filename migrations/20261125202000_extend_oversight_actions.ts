import type { Knex } from 'knex'

/** What an action was sent for, the proof that its answer brought, why it was sent back, and for which time it runs. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('oversight_action', table => {
    // rating · feedback · action, and the id of it
    table.text('source_kind')
    table.text('source_id')
    table.text('proof_enc')
    table.text('proof_file_id')
    table.text('proof_stored_name')
    table.text('proof_file_name_enc')
    table.text('proof_media_type')
    table.text('remark_enc')
    table.integer('round').notNullable().defaultTo(1)
    table.index(['source_kind', 'source_id'], 'oversight_action_source')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('oversight_action', table => {
    table.dropIndex(['source_kind', 'source_id'], 'oversight_action_source')
    for (const column of [
      'source_kind', 'source_id', 'proof_enc', 'proof_file_id', 'proof_stored_name', 'proof_file_name_enc', 'proof_media_type', 'remark_enc', 'round'
    ]) table.dropColumn(column)
  })
}
