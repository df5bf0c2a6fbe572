import type { Knex } from 'knex'

/** Arrangement of working days by year; a year not `published` makes dates 暂定. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('calendar_year', table => {
    table.integer('year').notNullable().primary()
    table.text('status').notNullable()
    table.text('papers').notNullable()
    table.text('loaded_by').notNullable()
    table.bigInteger('loaded_at').notNullable()
  })
  await knex.schema.createTable('calendar_day', table => {
    table.text('date').notNullable().primary()
    table.integer('year').notNullable().references('calendar_year.year')
    table.boolean('is_off_day').notNullable()
    table.text('name').notNullable()
    table.index(['year'], 'calendar_day_year')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('calendar_day')
  await knex.schema.dropTable('calendar_year')
}
