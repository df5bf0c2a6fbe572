import type { Knex } from 'knex'

/** 子件: one matter of an application, the rows of a declaration, their reasons and the intervals of their clocks. */
export async function up(knex: Knex): Promise<void> {
  await createItems(knex)
  await createRows(knex)
  await createReasons(knex)
  await createClockIntervals(knex)
  await createMilestones(knex)
}

export async function down(knex: Knex): Promise<void> {
  for (const name of ['sla_milestone', 'clock_interval', 'item_reason', 'item_row', 'item']) await knex.schema.dropTable(name)
}

async function createItems(knex: Knex): Promise<void> {
  await knex.schema.createTable('item', table => {
    table.text('id').notNullable().primary()
    table.text('application_id').notNullable().references('application.id')
    table.text('slug').notNullable()
    table.text('region').notNullable()
    table.text('department').notNullable()
    table.text('division')
    table.text('status').notNullable()
    table.text('outcome')
    table.text('person_key')
    table.text('promised_due')
    table.text('statutory_due')
    table.text('red_due')
    table.text('deadline_kind')
    table.boolean('is_provisional').notNullable().defaultTo(false)
    table.text('receipt_number')
    table.bigInteger('receipt_issued_at')
    table.text('delivery_method')
    table.bigInteger('delivered_at')
    table.integer('round').notNullable().defaultTo(1)
    table.bigInteger('withdraw_requested_at')
    table.boolean('has_incident').notNullable().defaultTo(false)
    table.bigInteger('decided_at')
    table.integer('version').notNullable().defaultTo(1)
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.unique(['application_id', 'slug'])
    table.index(['person_key', 'slug'], 'item_person')
    // Only open items are asked for by due date, so that closed ones do not make the index grow.
    table.index(['region', 'department', 'promised_due'], 'item_open_due', { predicate: knex.whereNull('decided_at') })
  })
}

async function createRows(knex: Knex): Promise<void> {
  await knex.schema.createTable('item_row', table => {
    table.text('id').notNullable().primary()
    table.text('item_id').notNullable().references('item.id')
    table.text('application_id').notNullable().references('application.id')
    table.text('insurance').notNullable()
    table.text('status').notNullable()
    table.text('outcome')
    table.boolean('rests_on_existing').notNullable().defaultTo(false)
    table.text('waiting_for')
    table.bigInteger('amount_fen')
    table.text('payment_status')
    table.text('receipt_number')
    table.bigInteger('receipt_issued_at')
    table.boolean('has_incident').notNullable().defaultTo(false)
    table.bigInteger('decided_at')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.unique(['item_id', 'insurance'])
    table.index(['application_id'], 'item_row_application')
  })
}

async function createReasons(knex: Knex): Promise<void> {
  await knex.schema.createTable('item_reason', table => {
    table.text('id').notNullable().primary()
    table.text('item_id').notNullable().references('item.id')
    table.text('row_id').references('item_row.id')
    table.text('code').notNullable()
    table.text('rule_id')
    table.text('clause')
    table.text('message').notNullable()
    table.text('source').notNullable()
    table.bigInteger('created_at').notNullable()
    table.index(['item_id', 'created_at'], 'item_reason_item')
  })
}

async function createClockIntervals(knex: Knex): Promise<void> {
  await knex.schema.createTable('clock_interval', table => {
    table.text('id').notNullable().primary()
    table.text('subject_id').notNullable()
    table.text('kind').notNullable()
    table.text('started_on').notNullable()
    table.text('ended_on')
    table.text('reason')
    table.index(['subject_id', 'started_on'], 'clock_interval_subject')
  })
}

async function createMilestones(knex: Knex): Promise<void> {
  await knex.schema.createTable('sla_milestone', table => {
    table.text('id').notNullable().primary()
    table.text('subject_id').notNullable()
    table.text('kind').notNullable()
    table.bigInteger('fired_at').notNullable()
    table.index(['subject_id'], 'sla_milestone_subject')
  })
}
