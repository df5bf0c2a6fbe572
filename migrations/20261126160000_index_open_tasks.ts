import type { Knex } from 'knex'

/**
 * The lists of a desk come out of an index in their order, the most urgent first: of a whole region's department, of one holder,
 * of what waits to be picked up; a desk of one county has one already. What came in today needs no division.
 */
export async function up(knex: Knex): Promise<void> {
  const open = { predicate: knex.whereRaw("state = 'open'") }
  await knex.schema.alterTable('work_item', table => {
    table.dropIndex([], 'work_item_open_group')
    table.dropIndex([], 'work_item_open_assignee')
    table.index(['region', 'department', 'due_at', 'id'], 'work_item_open_region', open)
    table.index(['assignee', 'due_at', 'id'], 'work_item_open_held', open)
    table.index(['region', 'department', 'created_at'], 'work_item_open_since', open)
    table.index(['region', 'department', 'due_at', 'id'], 'work_item_open_pickup', { predicate: knex.whereRaw("state = 'open' and kind = 'pickup'") })
  })
}

export async function down(knex: Knex): Promise<void> {
  const open = { predicate: knex.whereRaw("state = 'open'") }
  await knex.schema.alterTable('work_item', table => {
    for (const name of ['region', 'held', 'since', 'pickup']) table.dropIndex([], `work_item_open_${name}`)
    table.index(['region', 'department', 'division', 'created_at', 'id'], 'work_item_open_group', open)
    table.index(['assignee', 'created_at', 'id'], 'work_item_open_assignee', open)
  })
}
