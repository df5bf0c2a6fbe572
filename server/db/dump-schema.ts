import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'

/**
 * The schema as text, in a fixed order and without knex's own tables. The dumps of both databases lie beside this file, so that
 * a change of schema is read in review and not only in a migration.
 */
export function dumpSchema(db: Knex): Promise<string> {
  return isPostgres(db) ? dumpPostgres(db) : dumpSqlite(db)
}

async function dumpSqlite(db: Knex): Promise<string> {
  const rows = await db('sqlite_master').whereNotNull('sql').whereNot('tbl_name', 'like', 'knex_%').whereNot('name', 'like', 'sqlite_%')
    .orderByRaw("tbl_name, case type when 'table' then 0 else 1 end, name").select('type', 'sql') as { type: string; sql: string }[]
  return rows.map(({ type, sql }) => `${type === 'table' ? '\n' : ''}${wrapped(sql)};\n`).join('').trimStart()
}

/** One column a line: SQLite gives back the statement as knex wrote it, all in one. */
function wrapped(sql: string): string {
  if (!/^create table/i.test(sql)) return sql
  const open = sql.indexOf('(')
  return `${sql.slice(0, open)}(\n  ${sql.slice(open + 1, sql.lastIndexOf(')')).replace(/, (?=`|primary|foreign|constraint|unique)(?![^(]*\))/g, ',\n  ')}\n)`
}

interface Line {
  readonly table: string
  readonly line: string
}

async function dumpPostgres(db: Knex): Promise<string> {
  const columns = await lines(db, `
    select c.relname as "table", '  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by c.relname collate "C", a.attnum`)
  const constraints = await lines(db, `
    select c.relname as "table", '  constraint ' || quote_ident(o.conname) || ' ' || pg_get_constraintdef(o.oid) as line
    from pg_constraint o join pg_class c on c.oid = o.conrelid
    where c.relnamespace = current_schema()::regnamespace and o.contype <> 'n' order by o.contype <> 'p', o.conname collate "C"`)
  const indexes = await lines(db, `
    select tablename as "table", replace(indexdef, schemaname || '.', '') || ';' as line from pg_indexes
    where schemaname = current_schema() and indexname not in (select conname from pg_constraint) order by indexname collate "C"`)
  const triggers = await lines(db, `
    select c.relname as "table", replace(pg_get_triggerdef(t.oid), current_schema() || '.', '') || ';' as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace order by t.tgname collate "C"`)
  const functions = await lines(db, `
    select '' as "table", replace(pg_get_functiondef(oid), current_schema() || '.', '') || ';' as line
    from pg_proc where pronamespace = current_schema()::regnamespace order by proname collate "C"`)
  const of = (list: readonly Line[], table: string): string[] => list.filter(one => one.table === table).map(one => one.line)
  const tables = [...new Set(columns.map(({ table }) => table))].filter(table => !table.startsWith('knex_'))
  return [...tables.map(table => {
    const body = [...of(columns, table), ...of(constraints, table)].join(',\n')
    return `create table ${table} (\n${body}\n);\n${[...of(indexes, table), ...of(triggers, table)].map(line => `${line}\n`).join('')}`
  }), ...functions.map(({ line }) => `${line}\n`)].join('\n')
}

async function lines(db: Knex, sql: string): Promise<Line[]> {
  const { rows } = await db.raw(sql) as { rows: Line[] }
  return rows
}
