import type { Knex } from 'knex'

/** 提醒 → 督办 → 通报 → 整改: what supervisors ask of an item, a clerk, a department or a division, and what is answered. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('oversight_action', table => {
    table.text('id').notNullable().primary()
    table.text('region').notNullable()
    table.text('level').notNullable()
    table.text('application_id').references('application.id')
    table.text('item_id').references('item.id')
    // Whose it is to answer; null department = every one, null clerk = anybody of the desk.
    table.text('department')
    table.text('division')
    table.text('clerk')
    table.text('deadline').notNullable()
    table.text('text_enc').notNullable()
    // sent · acknowledged · answered · closed
    table.text('state').notNullable()
    table.text('created_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.text('answer_enc')
    table.text('answered_by')
    table.bigInteger('answered_at')
    table.text('checked_by')
    table.bigInteger('checked_at')
    table.index(['region', 'state', 'created_at', 'id'], 'oversight_action_region')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('oversight_action')
}
