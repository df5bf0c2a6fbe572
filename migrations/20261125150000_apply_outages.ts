import type { Knex } from 'knex'

/** When a declared outage had reached every open item, and how many; null while it is being applied. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outage', table => {
    table.bigInteger('applied_at')
    table.integer('applied_items')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outage', table => {
    table.dropColumn('applied_at')
    table.dropColumn('applied_items')
  })
}
