import type { Knex } from 'knex'

/** Erasure of personal data whose period is over: which runs there were, and what has been erased. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('erasure_run', table => {
    table.text('id').notNullable().primary()
    table.text('region').notNullable()
    // proposed · confirmed · done · rejected
    table.text('state').notNullable()
    // JSON: by kind the instant up to which it reaches, how many there were at the proposal, how many are erased
    table.text('plan').notNullable()
    table.text('proposed_by').notNullable()
    table.bigInteger('proposed_at').notNullable()
    table.text('decided_by')
    table.bigInteger('decided_at')
    table.bigInteger('done_at')
    table.index(['region', 'proposed_at'], 'erasure_run_region')
  })
  await knex.schema.alterTable('application', table => {
    table.bigInteger('materials_erased_at')
    table.bigInteger('erased_at')
  })
  await knex.schema.alterTable('feedback', table => {
    table.bigInteger('erased_at')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('feedback', table => {
    table.dropColumn('erased_at')
  })
  await knex.schema.alterTable('application', table => {
    table.dropColumn('erased_at')
    table.dropColumn('materials_erased_at')
  })
  await knex.schema.dropTable('erasure_run')
}
