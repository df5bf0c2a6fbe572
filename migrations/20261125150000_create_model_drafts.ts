import type { Knex } from 'knex'

/** What designers draw before it is in force, every saved state of it, and what was released by whom and why. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('model_draft', table => {
    table.text('id').notNullable().primary()
    table.text('region').notNullable()
    table.text('key').notNullable()
    // process · decision
    table.text('kind').notNullable()
    table.integer('base_version').notNullable()
    // editing · submitted · released · discarded
    table.text('state').notNullable()
    table.integer('version').notNullable()
    table.text('xml').notNullable()
    table.text('reason')
    table.text('created_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.text('updated_by').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.text('submitted_by')
    table.index(['region', 'state', 'updated_at'], 'model_draft_region')
  })
  await knex.schema.createTable('model_draft_revision', table => {
    table.text('draft_id').notNullable().references('model_draft.id')
    table.integer('version').notNullable()
    table.text('xml').notNullable()
    table.text('saved_by').notNullable()
    table.bigInteger('saved_at').notNullable()
    table.primary(['draft_id', 'version'])
  })
  await knex.schema.createTable('model_release', table => {
    table.text('id').notNullable().primary()
    table.text('draft_id').notNullable().references('model_draft.id')
    table.text('region').notNullable()
    table.text('key').notNullable()
    table.integer('from_version').notNullable()
    table.integer('to_version').notNullable()
    table.text('deployment_id').notNullable()
    table.text('reason').notNullable()
    // Canonical JSON: the list of changes as the second person saw it.
    table.text('diff').notNullable()
    table.text('sha256').notNullable()
    table.text('submitted_by').notNullable()
    table.text('released_by').notNullable()
    table.bigInteger('released_at').notNullable()
    table.index(['region', 'released_at'], 'model_release_region')
  })
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['model_release', 'model_draft_revision', 'model_draft']) await knex.schema.dropTable(table)
}
