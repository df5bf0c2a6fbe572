import type { Knex } from 'knex'

/** Hash chains of what happened, append only, and the seals over their heads by which a cut tail is found. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('audit_event', table => {
    table.text('id').notNullable().primary()
    table.text('chain').notNullable()
    table.integer('seq').notNullable()
    table.bigInteger('at').notNullable()
    table.text('type').notNullable()
    table.text('actor_role').notNullable()
    table.text('actor_id').notNullable()
    table.text('item_id')
    table.text('data').notNullable().defaultTo('{}')
    table.text('text_enc')
    table.text('prev_hash').notNullable()
    table.text('hash').notNullable()
    table.unique(['chain', 'seq'])
    table.index(['at'], 'audit_event_at')
    table.index(['actor_id', 'at'], 'audit_event_actor')
  })
  // One row for each event until a seal covers it: insert and delete only, so no writer ever waits for the sealer.
  await knex.schema.createTable('audit_unsealed', table => {
    table.text('chain').notNullable()
    table.integer('seq').notNullable()
    table.primary(['chain', 'seq'])
  })
  await knex.schema.createTable('audit_seal', table => {
    table.text('id').notNullable().primary()
    table.integer('number').notNullable().unique()
    table.bigInteger('at').notNullable()
    table.integer('count').notNullable()
    table.text('heads_hash').notNullable()
    table.text('prev_hash').notNullable()
    table.text('hash').notNullable()
  })
  await knex.schema.createTable('audit_seal_head', table => {
    table.text('seal_id').notNullable().references('audit_seal.id')
    table.text('chain').notNullable()
    table.integer('seq').notNullable()
    table.text('hash').notNullable()
    table.primary(['seal_id', 'chain'])
    table.index(['chain', 'seq'], 'audit_seal_head_chain')
  })
}

export async function down(knex: Knex): Promise<void> {
  for (const name of ['audit_seal_head', 'audit_seal', 'audit_unsealed', 'audit_event']) await knex.schema.dropTable(name)
}
