import type { Knex } from 'knex'

/** What the first of two people decided where the rules ask for two (四眼): it waits here for the second. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('decision_proposal', table => {
    table.text('task_id').notNullable().primary().references('work_item.id')
    table.text('decision').notNullable()
    table.text('input_enc').notNullable()
    table.text('proposed_by').notNullable()
    table.bigInteger('created_at').notNullable()
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('decision_proposal')
}
