import type { Knex } from 'knex'

/**
 * The supervisors' board is read out of indexes alone: the open items by every cut and date, the list of them by date, and what
 * was decided since a day. So an item keeps the channel of its application, which never changes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item', table => { table.text('channel') })
  await knex.raw('update item set channel = (select channel from application where application.id = item.application_id)')
  const open = { predicate: knex.whereNull('decided_at') }
  await knex.schema.alterTable('item', table => {
    table.dropIndex([], 'item_open_due')
    table.index(['region', 'promised_due', 'id'], 'item_open_region', open)
    table.index(['region', 'department', 'promised_due', 'id'], 'item_open_department', open)
    table.index(
      ['region', 'department', 'slug', 'division', 'channel', 'deadline_kind', 'status', 'promised_due', 'red_due'], 'item_open_board', open)
    table.index(
      ['region', 'decided_at', 'department', 'division', 'slug', 'outcome', 'deadline_kind', 'promised_due', 'id'], 'item_decided',
      { predicate: knex.whereNotNull('decided_at') })
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item', table => {
    for (const name of ['item_open_region', 'item_open_department', 'item_open_board', 'item_decided']) table.dropIndex([], name)
    table.dropColumn('channel')
    table.index(['region', 'department', 'promised_due'], 'item_open_due', { predicate: knex.whereNull('decided_at') })
  })
}
