import type { Knex } from 'knex'

/** What is still to be told to the engine, keys of repeated requests, and how far the feeds have read. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('outbox', table => {
    table.text('id').notNullable().primary()
    table.text('kind').notNullable()
    table.text('aggregate_id').notNullable()
    table.text('payload').notNullable()
    table.bigInteger('due_at').notNullable()
    table.integer('attempts').notNullable().defaultTo(0)
    table.text('last_error')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('done_at')
    table.bigInteger('locked_until')
    // Done rows leave the index, so the relay's query costs the same after a million cases.
    table.index(['due_at', 'id'], 'outbox_pending', { predicate: knex.whereNull('done_at') })
    table.index(['aggregate_id'], 'outbox_aggregate')
  })
  await knex.schema.createTable('idempotency_key', table => {
    table.text('applicant_key').notNullable()
    table.text('key').notNullable()
    table.text('body_hash').notNullable()
    table.integer('status')
    table.text('response_enc')
    table.bigInteger('created_at').notNullable()
    table.primary(['applicant_key', 'key'])
    table.index(['created_at'], 'idempotency_key_created')
  })
  await knex.schema.createTable('feed_cursor', table => {
    table.text('name').notNullable().primary()
    table.text('value').notNullable()
  })
}

export async function down(knex: Knex): Promise<void> {
  for (const name of ['feed_cursor', 'idempotency_key', 'outbox']) await knex.schema.dropTable(name)
}
