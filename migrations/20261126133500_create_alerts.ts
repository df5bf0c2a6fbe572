import type { Knex } from 'knex'

/** What supervisors are told of, which kinds of it each has asked for, and what each has read. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('alert', table => {
    table.text('id').notNullable().primary()
    // yellow · red · rating · feedback · incident · circuit
    table.text('kind').notNullable()
    // What it is about; a kind tells of the same thing once.
    table.text('source').notNullable()
    table.text('region')
    table.text('department')
    table.text('division')
    table.text('slug')
    table.text('application_id')
    table.bigInteger('at').notNullable()
    // Only of what lasts: until then no other is told.
    table.bigInteger('ended_at')
    table.unique(['kind', 'source'], { indexName: 'alert_source' })
    table.index(['kind', 'at'], 'alert_kind')
  })
  await knex.schema.createTable('alert_subscription', table => {
    table.text('id').notNullable().primary()
    table.text('account').notNullable()
    table.text('kind').notNullable()
    // '' = all of what the account oversees
    table.text('division_prefix').notNullable()
    table.text('slug')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('ended_at')
    table.index(['account', 'kind'], 'alert_subscription_account')
  })
  await knex.schema.createTable('alert_reading', table => {
    table.text('account').notNullable()
    table.text('alert_id').notNullable().references('alert.id')
    table.bigInteger('read_at').notNullable()
    table.primary(['account', 'alert_id'])
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('alert_reading')
  await knex.schema.dropTable('alert_subscription')
  await knex.schema.dropTable('alert')
}
