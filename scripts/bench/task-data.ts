import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Region } from '../../core/region.ts'
import type { ServerContext } from '../../server/context.ts'
import { sealContent } from '../../server/db/applications.ts'
import { TRAIL, TRAIL_HEAD, trailRows } from './audit-data.ts'
import { inBatches, inBulk } from './bulk.ts'

export interface TaskData {
  readonly from: number
  readonly to: number
  readonly seed: number
  readonly region: Region
  /** Business ms: some of the tasks are due before it. */
  readonly now: number
  /** One task in so many is still open, the rest are decided; all are when it is left out. */
  readonly oneOpenOf?: number
  /** Whether each case has its audit trail. */
  readonly hasTrail?: boolean
}

const DAY = 86_400_000
/** The id of everything that has the number n. */
export const KEY = "md5('bench-' || n)::uuid::text"
const literal = (texts: readonly string[]) => `array[${texts.map(text => `'${text}'`).join(', ')}]`

/**
 * Open tasks by number, told by the database itself, so that two databases tell the same: matter, division (one in ten of the
 * capital's) and channel at random, four of ten held by one of two hundred clerks (the first ones hold most), each due at another
 * millisecond of 25 days, of which
 * five have passed.
 */
export function tasksOf({ from, to, seed, region, now, oneOpenOf = 1 }: TaskData): string {
  const random = (column: number) => `(hashint8extended(n, ${seed * 16 + column}) & 2147483647)`
  const matters = region.matters
  const pick = (texts: readonly string[], column: number) => `(${literal(texts)})[1 + ${random(column)} % ${texts.length}]`
  return `select n, ${KEY} as key, n % ${oneOpenOf} = 0 as is_open, slug, department, division, channel, created, due,
      case when ${random(4)} % 10 < 4 then department || '-' || floor(200 * power(${random(5)} / 2147483648.0, 3))::int end as assignee
    from (select n, ${pick(matters.map(({ slug }) => slug), 1)} as slug, ${pick(matters.map(({ department }) => department), 1)} as department,
      case when ${random(7)} % 10 = 0 then '${region.homeDivision}' else ${pick(region.divisions.map(({ code }) => code), 2)} end as division, ${pick(['online', 'online', 'online', 'window', 'platform'], 3)} as channel,
      ${now - 20 * DAY} + ${random(6)} % ${10 * DAY} as created, ${now - 5 * DAY} + (n * 2654435761 % 2147483648) as due
      from generate_series(${from}::bigint, ${to}::bigint) as n) as told`
}

/**
 * Puts the tasks with their applications and items, each under way since its submission, into the server's database, the decided
 * ones with their decision. What an applicant wrote is sealed for the application that it belongs to.
 */
export async function seedReadModel(client: pg.Client, ctx: Pick<ServerContext, 'crypto'>, data: TaskData): Promise<void> {
  await inBulk(client, ['application', 'item', 'work_item', 'decision', 'audit_event'], () => inBatches(data.from, data.to, async (from, to) => {
    const tasks = tasksOf({ ...data, from, to })
    const decided = `case when not is_open then created + ${DAY} end`
    const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index)
    const contents = numbers.map(n => sealContent(ctx, keyOf(n), { common: { person: { name: '韦测试' } }, items: {}, agent: null }))
    await client.query(`insert into application (id, number, region, channel, status_draft, applicant_key, matters, content_enc, division, created_by,
        created_at, updated_at, submitted_at, accepted_at, process_started_at, closed_at, audit_head)
      select key, 'B' || n, '${data.region.slug}', channel, false, 'bench', '["' || slug || '"]', content, division, 'bench', created, created, created, created,
        created, ${decided}, ${data.hasTrail ? TRAIL_HEAD : 'null'}
      from (${tasks}) as task join unnest($1::bigint[], $2::text[]) as sealed(number, content) on number = n ${data.hasTrail ? TRAIL : ''}`, [numbers, contents])
    await client.query(`insert into item (id, application_id, slug, region, department, division, channel, status, outcome, promised_due, red_due, deadline_kind, decided_at, created_at, updated_at)
      select key, key, slug, '${data.region.slug}', department, division, channel, case when is_open then 'reviewing' else 'delivered' end, case when not is_open then 'approved' end,
        ${dayOf('due')}, ${dayOf('due')}, 'promised', ${decided}, created, created
      from (${tasks}) as task`)
    await client.query(`insert into work_item (id, application_id, item_id, region, slug, department, division, name, kind, activity_id, process_definition_id,
        process_instance_id, assignee, due_at, created_at, state, updated_at, ended_at)
      select key, key, key, '${data.region.slug}', slug, department, division, '审核', 'review', 'Task_Review', 'bench', key, assignee, due, created,
        case when is_open then 'open' else 'completed' end, created, ${decided}
      from (${tasks}) as task`)
    await client.query(`insert into decision (id, task_id, item_id, application_id, decision, decided_by, effective_at, created_at, sent_at)
      select key, key, key, key, 'approve', coalesce(assignee, department || '-0'), created + ${DAY}, created + ${DAY}, created + ${DAY}
      from (${tasks}) as task where not is_open`)
    if (data.hasTrail) await client.query(trailRows(tasks))
  }))
}

/** KEY, reckoned here. */
function keyOf(n: number): string {
  return createHash('md5').update(`bench-${n}`).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const dayOf = (instant: string) => `to_char(to_timestamp(${instant} / 1000) at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`

/** Puts the same tasks into the engine's own tables: an instance each with a user task, its group, and a matter's variables. */
export async function seedEngine(client: pg.Client, data: TaskData): Promise<void> {
  const instant = (column: string) => `to_timestamp(${column} / 1000.0)::timestamp`
  // The engine writes local time of its process.
  await client.query(`set time zone '${Intl.DateTimeFormat().resolvedOptions().timeZone}'`)
  await inBulk(client, ['act_ru_execution', 'act_ru_task', 'act_ru_identitylink', 'act_ru_variable'], () => inBatches(data.from, data.to, async (from, to) => {
    const tasks = `select told.*, definition.id_ as definition from (${tasksOf({ ...data, from, to })}) as told
      join act_re_procdef as definition on definition.key_ = '${data.region.slug}-' || slug and definition.version_ = 1`
    await client.query(`insert into act_ru_execution (id_, rev_, root_proc_inst_id_, proc_inst_id_, business_key_, proc_def_id_, act_id_, act_inst_id_, is_active_,
        is_concurrent_, is_scope_, is_event_scope_, suspension_state_, cached_ent_state_, sequence_counter_)
      select key, 1, key, key, key, definition, 'Task_Review', key, true, false, true, false, 1, 18, 1 from (${tasks}) as task`)
    await client.query(`insert into act_ru_task (id_, rev_, execution_id_, proc_inst_id_, proc_def_id_, name_, task_def_key_, assignee_, priority_, create_time_,
        due_date_, suspension_state_, task_state_)
      select key, 1, key, key, definition, '审核', 'Task_Review', assignee, 50, ${instant('created')}, ${instant('due')}, 1, 'Created' from (${tasks}) as task`)
    await client.query(`insert into act_ru_identitylink (id_, rev_, group_id_, type_, task_id_)
      select key, 1, department, 'candidate', key from (${tasks}) as task`)
    await client.query(`insert into act_ru_variable (id_, rev_, type_, name_, execution_id_, proc_inst_id_, proc_def_id_, text_, var_scope_, sequence_counter_, is_concurrent_local_)
      select key || '-' || name, 1, 'string', name, key, key, definition, value, key, 1, false
      from (${tasks}) as task cross join lateral (values ('applicationId', key), ('itemId', key), ('region', '${data.region.slug}'), ('division', division),
        ('channel', channel)) as variable(name, value)`)
  }))
}
