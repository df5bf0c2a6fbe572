import type { Knex } from 'knex'

/** What the clerks' desk keeps beside the tasks: who works there, remarks and second opinions, findings, saved lists. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('work_item', table => {
    table.index(['region', 'updated_at'], 'work_item_changed')
  })
  await knex.schema.createTable('staff_account', table => {
    table.text('account').notNullable().primary()
    table.text('region').notNullable()
    table.text('roles').notNullable()
    table.text('department')
    table.text('division')
    table.bigInteger('seen_at').notNullable()
    table.index(['region', 'department'], 'staff_account_department')
  })
  await knex.schema.createTable('task_remark', table => {
    table.text('id').notNullable().primary()
    table.text('task_id').notNullable().references('work_item.id')
    table.text('application_id').notNullable()
    // note, question or opinion
    table.text('kind').notNullable()
    table.text('text_enc').notNullable()
    table.text('created_by').notNullable()
    // Of a question: whose opinion is asked, and since when it has one.
    table.text('addressee')
    table.bigInteger('answered_at')
    table.bigInteger('created_at').notNullable()
    table.index(['application_id', 'created_at'], 'task_remark_application')
    table.index(['addressee'], 'task_remark_asked', { predicate: knex.whereRaw("kind = 'question' and answered_at is null") })
  })
  await knex.schema.createTable('verdict', table => {
    table.text('id').notNullable().primary()
    table.text('task_id').notNullable().references('work_item.id')
    table.text('application_id').notNullable()
    // A JSON pointer into the form, or material:<code>.
    table.text('subject').notNullable()
    table.text('verdict').notNullable()
    table.text('reason_code')
    table.text('text_enc')
    table.text('given_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.index(['application_id', 'created_at'], 'verdict_application')
  })
  await knex.schema.createTable('desk_view', table => {
    table.text('id').notNullable().primary()
    table.text('region').notNullable()
    table.text('department').notNullable()
    table.text('owner').notNullable()
    table.text('name').notNullable()
    table.text('filters').notNullable()
    table.boolean('is_shared').notNullable().defaultTo(false)
    table.bigInteger('created_at').notNullable()
    table.index(['region', 'department'], 'desk_view_department')
  })
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['desk_view', 'verdict', 'task_remark', 'staff_account']) await knex.schema.dropTable(table)
  await knex.schema.alterTable('work_item', table => { table.dropIndex([], 'work_item_changed') })
}
