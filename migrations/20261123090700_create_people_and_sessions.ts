import type { Knex } from 'knex'

/** Profiles from the identity server, web sessions, and what is told to and heard from applicants. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('person_account', table => {
    table.text('account_key').notNullable().primary()
    table.text('profile_enc').notNullable()
    table.bigInteger('updated_at').notNullable()
  })
  // The shape that connect-session-knex 5 makes for itself.
  await knex.schema.createTable('sessions', table => {
    table.string('sid').notNullable().primary()
    table.json('sess').notNullable()
    table.timestamp('expired').notNullable().index()
  })
  await knex.schema.createTable('notification', table => {
    table.text('id').notNullable().primary()
    table.text('application_id').notNullable().references('application.id')
    table.text('item_id').references('item.id')
    table.text('channel').notNullable()
    table.text('template').notNullable()
    table.text('status').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('sent_at')
    table.index(['application_id', 'created_at'], 'notification_application')
  })
  await knex.schema.createTable('rating', table => {
    table.text('id').notNullable().primary()
    table.text('application_id').notNullable().references('application.id')
    table.text('item_id').references('item.id')
    table.integer('level').notNullable()
    table.text('reasons').notNullable().defaultTo('[]')
    table.text('text_enc')
    table.bigInteger('created_at').notNullable()
    table.index(['application_id'], 'rating_application')
  })
}

export async function down(knex: Knex): Promise<void> {
  for (const name of ['rating', 'notification', 'sessions', 'person_account']) await knex.schema.dropTable(name)
}
