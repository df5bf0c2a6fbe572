import type pg from 'pg'
import { inBatches, inBulk } from './bulk.ts'

/** Of each table of the engine: the column by which rows belong to an instance, and all that name something of it. */
const RUNTIME: Readonly<Record<string, readonly string[]>> = {
  act_ru_execution: ['proc_inst_id_', 'id_', 'root_proc_inst_id_', 'parent_id_', 'act_inst_id_', 'business_key_'],
  act_ru_job: ['process_instance_id_', 'id_', 'root_proc_inst_id_', 'execution_id_'],
  act_ru_event_subscr: ['proc_inst_id_', 'id_', 'execution_id_'],
  act_ru_variable: ['proc_inst_id_', 'id_', 'execution_id_', 'var_scope_'],
  act_ru_task: ['proc_inst_id_', 'id_', 'execution_id_']
}
const HISTORY: Readonly<Record<string, readonly string[]>> = {
  act_hi_procinst: ['proc_inst_id_', 'id_', 'root_proc_inst_id_', 'business_key_'],
  act_hi_actinst: ['proc_inst_id_', 'id_', 'root_proc_inst_id_', 'parent_act_inst_id_', 'execution_id_', 'task_id_'],
  act_hi_taskinst: ['proc_inst_id_', 'id_', 'root_proc_inst_id_', 'execution_id_', 'act_inst_id_']
}
/** Each copy began a second before the one before it. */
const TIMES = ['start_time_', 'end_time_', 'create_time_']

export interface Copying {
  /** Id of the instance that is copied. */
  readonly model: string
  /** What the copies are called, as SQL of their number `n`: id of instance, task and business key in one. */
  readonly key: string
  readonly from: number
  readonly to: number
  /** Condition on `n`; all when left out. */
  readonly where?: string
  /** Leaves gateways and events out of the history. */
  readonly tasksOnly?: boolean
}

/** All tables that copies are put into. */
export const COPIED_TABLES = [...Object.keys(RUNTIME), 'act_ru_identitylink', ...Object.keys(HISTORY)]

/**
 * Copies an instance within the engine's own tables, running or ended, as often as told: rows of the same shape under other ids,
 * so that the engine goes on with each as with the model.
 */
export async function copyInstances(client: pg.Client, copying: Copying): Promise<void> {
  const { model, key, where = 'true' } = copying
  const { rows: [task] } = await client.query('select id_ from act_ru_task where proc_inst_id_ = $1', [model])
  const known = [model, ...(task ? [task.id_] : [])].map(id => `'${id}'`).join(', ')
  const renamed = (column: string) => `case when ${column} in (${known}) then ${key} when ${column} is not null then md5(n || ${column})::uuid::text end`
  const copy = async (table: string, ids: readonly string[], own: string, from: number, to: number) => {
    const { rows } = await client.query('select column_name from information_schema.columns where table_name = $1', [table])
    const columns = (rows as { column_name: string }[]).map(({ column_name }) => column_name)
    const told = columns.map(column => column === 'business_key_' ? key : ids.includes(column) ? renamed(column)
      : TIMES.includes(column) ? `${column} - n * interval '1 second'` : column)
    await client.query(`insert into ${table} (${columns.join(', ')}) select ${told.join(', ')}
      from (select * from ${table} where ${own}) as one cross join generate_series(${from}::bigint, ${to}::bigint) as n where ${where}`)
  }
  await inBulk(client, COPIED_TABLES, () => inBatches(copying.from, copying.to, async (from, to) => {
    for (const [table, ids] of Object.entries({ ...RUNTIME, ...HISTORY })) {
      const some = table === 'act_hi_actinst' && copying.tasksOnly ? " and act_type_ like '%Task'" : ''
      await copy(table, ids, `${ids[0]} = '${model}'${some}`, from, to)
    }
    await copy('act_ru_identitylink', ['id_', 'task_id_'], `task_id_ = '${task?.id_ ?? ''}'`, from, to)
  }))
}

export interface HistoricInstances {
  /** Key of the process definition, whose first version it is. */
  readonly process: string
  /** Id and business key, as SQL of the number `n`. */
  readonly id: string
  readonly key: string
  readonly from: number
  readonly to: number
  /** Condition on `n` under which it is over; none is when it is left out. */
  readonly isOver?: string
}

/** Puts instances into the engine's history of which nothing else is told. */
export async function seedHistoricInstances(
  client: pg.Client, { process, id, key, from, to, isOver = 'false' }: HistoricInstances
): Promise<void> {
  const began = "now()::timestamp - interval '20 days' + n * interval '1 second'"
  await inBulk(client, ['act_hi_procinst'], () => inBatches(from, to, (first, last) => client.query(`
    insert into act_hi_procinst (id_, proc_inst_id_, root_proc_inst_id_, business_key_, proc_def_key_, proc_def_id_, start_time_, end_time_, state_)
    select ${id}, ${id}, ${id}, ${key}, key_, id_, ${began}, case when ${isOver} then ${began} + interval '1 day' end,
      case when ${isOver} then 'COMPLETED' else 'ACTIVE' end
    from generate_series(${first}::bigint, ${last}::bigint) as n, act_re_procdef where key_ = '${process}' and version_ = 1`)))
}
