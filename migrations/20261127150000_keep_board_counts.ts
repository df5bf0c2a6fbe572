import type { Knex } from 'knex'

/**
 * What the supervisors' board counts is kept, of the open items with the changes since (docs/adr/0014). A change is told by
 * triggers, so that it is committed with its cause whoever caused it; on PostgreSQL only, as SQLite counts anew each time.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('open_item_tally', table => {
    table.text('region').notNullable().primary()
    // The days between the colours for which the counts hold.
    table.text('today').notNullable()
    table.text('warn_before').notNullable()
    table.boolean('is_late').notNullable()
    table.text('counts').notNullable()
  })
  // No key and no index: it is only ever read whole, and kept short.
  await knex.schema.createTable('open_item_change', table => {
    table.text('region').notNullable()
    table.text('department').notNullable()
    table.text('slug').notNullable()
    table.text('division')
    table.text('channel')
    table.text('status').notNullable()
    table.text('promised_due')
    table.text('red_due')
    table.text('deadline_kind')
    table.boolean('is_standing').notNullable()
    // 1 = such an item came, -1 = one went.
    table.smallint('delta').notNullable()
  })
  // Sums of what was decided between two instants; whatever changes there ends them.
  await knex.schema.createTable('decided_tally', table => {
    table.text('region').notNullable().primary()
    table.bigInteger('since').notNullable()
    table.bigInteger('settled_before').notNullable()
    table.text('sums').notNullable()
  })
  if (isPostgres(knex)) for (const statement of TRIGGERS) await knex.raw(statement)
}

export async function down(knex: Knex): Promise<void> {
  if (isPostgres(knex)) {
    for (const event of ['insert', 'update', 'delete']) await knex.raw(`drop trigger clock_interval_counted_${event} on clock_interval`)
    await knex.raw('drop trigger item_counted on item')
    await knex.raw('drop function count_item(), count_interval(), count_standing(text[], text[], text[])')
  }
  await knex.schema.dropTable('decided_tally')
  await knex.schema.dropTable('open_item_change')
  await knex.schema.dropTable('open_item_tally')
}

const isPostgres = (knex: Knex): boolean => knex.client.config.client === 'pg'

const COUNTED_BY = ['region', 'department', 'slug', 'division', 'channel', 'promised_due', 'red_due', 'deadline_kind'] as const
const isOpen = (item: string): string => `${item}.decided_at is null and ${item}.status in ('accepted', 'waiting', 'reviewing', 'correcting')`
const STOP = "kind in ('special', 'waiting', 'outage') and ended_on is null"
const columns = (item: string): string => [...COUNTED_BY, 'status'].map(name => `${item}.${name}`).join(', ')
const SUMMED_BY = ['region', 'department', 'slug', 'division', 'outcome', 'decided_at', 'promised_due', 'deadline_kind'] as const
const summedAs = (item: string): string => `(${SUMMED_BY.map(name => `${item}.${name}`).join(', ')})`
const isSettled = (item: string): string => `region = ${item}.region and since <= ${item}.decided_at and ${item}.decided_at < settled_before`
// Of the states of an open item only one makes a difference.
const countedAs = (item: string): string => `(${COUNTED_BY.map(name => `${item}.${name}`).join(', ')}, ${item}.status = 'correcting')`
const INTO = `insert into open_item_change (${[...COUNTED_BY, 'status'].join(', ')}, is_standing, delta)`

const TRIGGERS = [
  `create function count_item() returns trigger language plpgsql as $$
declare
  was_open boolean := tg_op <> 'INSERT' and ${isOpen('old')};
  is_open boolean := tg_op <> 'DELETE' and ${isOpen('new')};
  stands boolean;
begin
  if coalesce(old.decided_at, new.decided_at) is not null and ${summedAs('old')} is distinct from ${summedAs('new')} then
    delete from decided_tally where ${isSettled('old')} or ${isSettled('new')};
  end if;
  if not was_open and not is_open or was_open and is_open and ${countedAs('old')} is not distinct from ${countedAs('new')} then
    return null;
  end if;
  stands := exists (select from clock_interval where subject_id = coalesce(new.id, old.id) and ${STOP});
  if was_open then
    ${INTO} values (${columns('old')}, stands, -1);
  end if;
  if is_open then
    ${INTO} values (${columns('new')}, stands, 1);
  end if;
  return null;
end $$`,
  `create trigger item_counted after insert or delete or update of decided_at, outcome, status, ${COUNTED_BY.join(', ')} on item
for each row execute function count_item()`,
  // Subjects of which a stop began (with the ids of these stops) and of which one ended.
  `create function count_standing(began text[], began_ids text[], ended text[]) returns void language plpgsql as $$
begin
  -- In line with whoever changes the item, or another stop of it: what is read below is then what stands.
  perform from item where id = any(began || ended) order by id for no key update;
  ${INTO}
    select ${columns('item')}, case when delta < 0 then stood else stands end, delta
    from item
      cross join lateral (select exists (select from clock_interval where subject_id = item.id and ${STOP}) as stands,
        item.id = any(ended) or exists (select from clock_interval where subject_id = item.id and ${STOP} and id <> all(began_ids)) as stood) as told
      cross join (values (-1), (1)) as way (delta)
    where item.id = any(began || ended) and ${isOpen('item')} and stands <> stood;
end $$`,
  // By statement, as by row none could tell whether it was the first or the last of several stops of one subject.
  `create function count_interval() returns trigger language plpgsql as $$
declare
  began text[] := '{}';
  began_ids text[] := '{}';
  ended text[] := '{}';
begin
  if tg_op <> 'DELETE' then
    select coalesce(array_agg(subject_id), '{}'), coalesce(array_agg(id), '{}') into began, began_ids from added where ${STOP};
  end if;
  if tg_op <> 'INSERT' then
    select coalesce(array_agg(subject_id), '{}') into ended from removed where ${STOP};
  end if;
  if began <> ended then
    perform count_standing(began, began_ids, ended);
  end if;
  return null;
end $$`,
  ...[['insert', 'new table as added'], ['update', 'old table as removed new table as added'], ['delete', 'old table as removed']].map(
    ([event, tables]) => `create trigger clock_interval_counted_${event} after ${event} on clock_interval referencing ${tables}
for each statement execute function count_interval()`)
]
