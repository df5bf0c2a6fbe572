import type { Knex } from 'knex'

/** The latest rehearsal of each draft: how far it has come, and what became of every case. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('scenario_run', table => {
    table.text('draft_id').notNullable().primary().references('model_draft.id')
    table.integer('draft_version').notNullable()
    // running · done · failed
    table.text('state').notNullable()
    table.integer('done').notNullable()
    table.integer('total').notNullable()
    // JSON; null until it is done.
    table.text('result')
    table.text('started_by').notNullable()
    // Real time, as the engine counts it.
    table.bigInteger('started_at').notNullable()
    table.bigInteger('finished_at')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('scenario_run')
}
