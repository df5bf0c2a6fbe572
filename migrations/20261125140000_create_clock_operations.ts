import type { Knex } from 'knex'

/**
 * What people change about the legal clock while cases run: arrangements of working days that wait for a second person, declared
 * outages, topics that workers leave alone; and, of each item, how many days it was promised, which no later change touches.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('calendar_import', table => {
    table.text('id').notNullable().primary()
    table.integer('year').notNullable()
    table.text('papers').notNullable()
    table.text('source').notNullable()
    table.text('days').notNullable()
    // proposed · published · rejected
    table.text('state').notNullable()
    table.text('proposed_by').notNullable()
    table.bigInteger('proposed_at').notNullable()
    table.text('decided_by')
    table.bigInteger('decided_at')
    // Until when published: due dates are being reckoned anew.
    table.bigInteger('redated_at')
    table.integer('redated_items')
    table.index(['state', 'proposed_at'], 'calendar_import_state')
  })
  await knex.schema.createTable('outage', table => {
    table.text('id').notNullable().primary()
    table.text('region').notNullable()
    // Null = every department, every division.
    table.text('department')
    table.text('division')
    table.text('started_on').notNullable()
    // Null = it still lasts.
    table.text('ended_on')
    table.text('reason_enc').notNullable()
    table.text('declared_by').notNullable()
    table.bigInteger('declared_at').notNullable()
    table.text('ended_by')
    table.bigInteger('ended_at')
    table.index(['region', 'declared_at'], 'outage_region')
  })
  await knex.schema.createTable('topic_pause', table => {
    table.text('topic').notNullable().primary()
    table.text('region')
    table.text('reason_enc').notNullable()
    table.text('paused_by').notNullable()
    table.bigInteger('paused_at').notNullable()
  })
  await knex.schema.alterTable('item', table => {
    table.integer('promised_days')
    table.integer('statutory_days')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item', table => {
    table.dropColumn('promised_days')
    table.dropColumn('statutory_days')
  })
  for (const name of ['topic_pause', 'outage', 'calendar_import']) await knex.schema.dropTable(name)
}
