import type { Knex } from 'knex'

/** Read model of the engine's user tasks and the decisions taken on them. */
export async function up(knex: Knex): Promise<void> {
  await createWorkItems(knex)
  await createDecisions(knex)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('decision')
  await knex.schema.dropTable('work_item')
}

async function createWorkItems(knex: Knex): Promise<void> {
  await knex.schema.createTable('work_item', table => {
    table.text('id').notNullable().primary()
    // No foreign keys: a process started behind the server's back has tasks too, and they must be seen.
    table.text('application_id').notNullable()
    table.text('item_id')
    table.text('row_id')
    table.text('region').notNullable()
    table.text('slug')
    table.text('department').notNullable()
    table.text('division')
    table.text('name').notNullable()
    table.text('kind').notNullable()
    table.text('activity_id').notNullable()
    table.text('process_definition_id').notNullable()
    table.text('process_instance_id').notNullable()
    table.text('decisions').notNullable().defaultTo('[]')
    table.text('assignee')
    table.text('delegated_from')
    table.bigInteger('due_at')
    table.bigInteger('created_at').notNullable()
    table.text('state').notNullable()
    table.integer('version').notNullable().defaultTo(1)
    table.text('draft_enc')
    table.text('rule_id')
    table.bigInteger('updated_at').notNullable()
    table.bigInteger('ended_at')
    table.index(['application_id'], 'work_item_application')
    table.index(['item_id'], 'work_item_item')
    table.index(['process_instance_id'], 'work_item_instance')
    const open = { predicate: knex.whereRaw("state = 'open'") }
    table.index(['region', 'department', 'division', 'created_at', 'id'], 'work_item_open_group', open)
    table.index(['region', 'department', 'division', 'due_at', 'id'], 'work_item_open_due', open)
    table.index(['assignee', 'created_at', 'id'], 'work_item_open_assignee', open)
  })
}

async function createDecisions(knex: Knex): Promise<void> {
  await knex.schema.createTable('decision', table => {
    table.text('id').notNullable().primary()
    table.text('task_id').notNullable().unique()
    table.text('item_id')
    table.text('application_id').notNullable()
    table.text('decision').notNullable()
    table.text('reason_code')
    table.text('reason_text_enc')
    table.text('values_enc')
    table.text('decided_by').notNullable()
    table.bigInteger('effective_at').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('undone_at')
    table.bigInteger('sent_at')
    table.index(['item_id'], 'decision_item')
    table.index(['application_id'], 'decision_application')
  })
}
