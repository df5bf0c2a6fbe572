import pg from 'pg'
import type { RunningPostgres } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import type { Acting, Case } from './experiment.ts'

/** Twice the lock time of the workers: whoever holds a task longer has forgotten it. */
const STUCK_AFTER = '40 seconds'
const SETTLED_WITHIN_MS = 60_000

/** Each query names what must not be; `$1` are the ids of the cases. */
const OF_SERVER: Readonly<Record<string, string>> = {
  'case not closed': 'select id from application where id = any($1) and closed_at is null',
  'message twice': `select application_id as id from notification join audit_event using (id) where application_id = any($1)
    group by application_id, notification.item_id, template, data having count(*) > 1`,
  'parcel twice': 'select application_id as id from parcel where application_id = any($1) group by application_id, items having count(*) > 1',
  'call not finished': "select id from department_call where application_id = any($1) and status = 'open'",
  'step waiting in the outbox': "select id from outbox where aggregate_id = any($1) and kind = 'start-process' and done_at is null",
  'task open in a closed case': "select id from work_item where application_id = any($1) and state = 'open'"
}

const OF_ENGINE: Readonly<Record<string, string>> = {
  'no process, or several': `select id from unnest($1::text[]) as one(id) where (select count(*) from act_hi_procinst
    where business_key_ = id and super_process_instance_id_ is null) <> 1`,
  'process still running': 'select business_key_ as id from act_ru_execution where business_key_ = any($1)',
  'lock stuck': `select id_ as id from act_ru_ext_task where worker_id_ is not null and lock_exp_time_ < now() - interval '${STUCK_AFTER}'
    and $1::text[] is not null`,
  'job without a try left': 'select id_ as id from act_ru_job where retries_ = 0 and $1::text[] is not null',
  'incident': 'select id_ as id from act_ru_incident where $1::text[] is not null'
}

/** What the databases of server and engine and the audit chain hold against these cases once they are over; empty when all is well. */
export async function whatIsAmiss(stack: Acting, postgres: RunningPostgres, cases: readonly Case[]): Promise<string[]> {
  const ids = cases.map(({ id }) => id)
  const look = async () => {
    const rows = [...await found(postgres.url('server'), OF_SERVER, ids), ...await found(postgres.url('engine'), OF_ENGINE, ids)]
    // The chain is asked for last and seldom: its reader may not ask as often as this looks.
    return rows.length > 0 ? rows : brokenChains(stack)
  }
  // A case is shown as completed a moment before the engine's last step is noted, and a feed follows; only what stays is amiss.
  await until('the databases have settled', async () => (await look()).length === 0, SETTLED_WITHIN_MS, 500).catch(() => undefined)
  return look()
}

/** How old the oldest of these cases became before it was closed, ms. */
export async function oldestAge(postgres: RunningPostgres, cases: readonly Case[]): Promise<number> {
  const rows = await ask(postgres.url('server'), 'select max(closed_at - submitted_at) as id from application where id = any($1)',
    cases.map(({ id }) => id))
  return Number(rows[0])
}

async function found(url: string, queries: Readonly<Record<string, string>>, ids: readonly string[]): Promise<string[]> {
  const all = []
  for (const [name, sql] of Object.entries(queries)) all.push(...(await ask(url, sql, ids)).map(id => `${name}: ${id}`))
  return all
}

async function ask(url: string, sql: string, ids: readonly string[]): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<{ id: string }>(sql, [ids])).rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}

async function brokenChains(stack: Acting): Promise<string[]> {
  const { isIntact, broken } = await (await stack.as('auditor-gx')).get('audit/verify')
  return isIntact ? [] : [`audit chain: ${JSON.stringify(broken)}`]
}
