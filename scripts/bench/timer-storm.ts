import type pg from 'pg'
import { BOUNDARIES } from '../../server/engine/timer-feed.ts'
import { itemKey } from './item-data.ts'
import { seedHistoricInstances } from './instance-copies.ts'
import { MODEL_MATTER } from './model-instance.ts'
import { KEY } from './task-data.ts'
import { REGION } from './world.ts'

export interface TimerAmounts {
  /** Timers of the engine, and the time within which all are due. */
  readonly timers: number
  readonly withinMs: number
  /** Firings that our own table learns of at once. */
  readonly milestones: number
  /** How long the desk is watched while nothing fires, and how many ask in a second. */
  readonly quietMs: number
  readonly perSecond: number
}

/** How a storm went, counted in the engine's history and in our own tables. */
export interface Storm {
  readonly fired: number
  /** From the instant at which the first was due until the last stood in our table. */
  readonly seconds: number
  /** The same until the engine had fired the last; none where the engine had done so before. */
  readonly engineSeconds: number | null
  /** By how much the engine was late with the latest. */
  readonly latenessSeconds: number | null
  readonly missed: number
  readonly twice: number
  /** Rows of the audit trail that tell of them. */
  readonly audited: number
}

/** Apart from what other arms may have put there. */
export const FIRST = 50_000_001
export const SET = 'storm-'
const ITEM_KEY = itemKey(SET)

type Clients = Readonly<Record<'server' | 'engine', pg.Client>>

/** The engine writes local time of its process. */
export async function useEngineTime(client: pg.Client): Promise<void> {
  await client.query(`set time zone '${Intl.DateTimeFormat().resolvedOptions().timeZone}'`)
}

/** Time for whoever sets the timers to be done with it before the first is due. */
const AHEAD_MS = 2_000
const STANDSTILL_MS = 60_000
const LOOK_MS = 500

/** Lets the 预警 of so many instances be due within `withinMs`, evenly, and waits until all stand in our table. */
export async function fireByEngine({ server, engine }: Clients, timers: number, withinMs: number): Promise<Storm> {
  const begun = Date.now() + AHEAD_MS
  const due = `to_timestamp(${begun} / 1000.0)::timestamp + (n - ${FIRST}) * interval '${withinMs / timers} milliseconds'`
  const numbers = `generate_series(${FIRST}, ${FIRST + timers - 1}) as n`
  await engine.query(`update act_ru_job set duedate_ = ${due} from ${numbers}
    where process_instance_id_ = ${KEY} and handler_cfg_ = '${BOUNDARIES.warn}'`)
  const firings = `from act_hi_actinst join ${numbers} on proc_inst_id_ = ${KEY} where act_id_ = '${BOUNDARIES.warn}'`
  const known = `from sla_milestone join ${numbers} on subject_id = ${KEY} where kind = 'warn'`
  await allOf(timers, () => count(engine, `select count(distinct proc_inst_id_) ${firings}`))
  const { rows: [one] } = await engine.query(`
    select extract(epoch from max(start_time_) - to_timestamp(${begun} / 1000.0)::timestamp)::float as seconds,
    extract(epoch from max(start_time_ - (${due})))::float as late, count(*)::int - count(distinct proc_inst_id_)::int as twice ${firings}`)
  const seconds = (await allOf(timers, () => count(server, `select count(distinct subject_id) ${known}`)) - begun) / 1000
  const { distinct, all } = await both(server, known)
  return {
    fired: timers, seconds, engineSeconds: one.seconds, latenessSeconds: one.late,
    missed: timers - distinct, twice: all - distinct + one.twice,
    audited: await audited(server, KEY, numbers, 'warn')
  }
}

/** Makes the instances of the items that `fireByHistory` tells of. */
export function seedFiring(client: pg.Client, milestones: number): Promise<void> {
  return seedHistoricInstances(client, { process: `${REGION}-${MODEL_MATTER}`, id: ITEM_KEY, key: ITEM_KEY, from: 0, to: milestones - 1 })
}

/**
 * Lets the engine's history tell at one instant that the 黄牌 of so many items fired since the last that the feed knows, as after a
 * time in which nobody read it, and waits until all stand in our table.
 */
export async function fireByHistory({ server, engine }: Clients, milestones: number): Promise<Storm> {
  const numbers = `generate_series(0, ${milestones - 1}) as n`
  const { rows: [{ since }] } = await engine.query("select max(start_time_) as since from act_hi_actinst where act_type_ = 'boundaryTimer'")
  await engine.query(`insert into act_hi_actinst (id_, parent_act_inst_id_, proc_def_key_, proc_def_id_, root_proc_inst_id_, proc_inst_id_, execution_id_,
      act_id_, act_type_, start_time_, end_time_, duration_, act_inst_state_, sequence_counter_)
    select md5('firing-' || n)::uuid::text, ${ITEM_KEY}, key_, definition.id_, ${ITEM_KEY}, ${ITEM_KEY}, ${ITEM_KEY}, '${BOUNDARIES.yellow}', 'boundaryTimer',
      at, at, 0, 0, 1
    from ${numbers} cross join act_re_procdef as definition
      cross join lateral (select date_trunc('milliseconds', $1::timestamp + (now()::timestamp - $1::timestamp) * ((n + 1.0) / ${milestones})) as at) as told
    where key_ = '${REGION}-${MODEL_MATTER}' and version_ = 1`, [since])
  const begun = Date.now()
  const known = `from sla_milestone join ${numbers} on subject_id = ${ITEM_KEY} where kind = 'yellow'`
  const seconds = (await allOf(milestones, () => count(server, `select count(*) ${known}`)) - begun) / 1000
  const { distinct, all } = await both(server, known)
  return {
    fired: milestones, seconds, engineSeconds: null, latenessSeconds: null, missed: milestones - distinct, twice: all - distinct,
    audited: await audited(server, ITEM_KEY, numbers, 'yellow')
  }
}

async function count(client: pg.Client, sql: string): Promise<number> {
  const { rows: [row] } = await client.query(sql)
  return Number(row.count)
}

async function both(client: pg.Client, known: string): Promise<{ distinct: number; all: number }> {
  const { rows: [row] } = await client.query(`select count(distinct subject_id)::int as distinct, count(*)::int as all ${known}`)
  return row
}

function audited(client: pg.Client, key: string, numbers: string, kind: string): Promise<number> {
  return count(client, `select count(*) from audit_event join ${numbers} on item_id = ${key} where type = 'sla-milestone' and data like '%"${kind}"%'`)
}

/** Waits until the last has come, or until none comes any more (the oracle says what is missing); gives when the last came. */
async function allOf(expected: number, look: () => Promise<number>): Promise<number> {
  for (let [last, since] = [-1, Date.now()]; ;) {
    const now = await look()
    if (now > last) [last, since] = [now, Date.now()]
    if (now >= expected || Date.now() - since > STANDSTILL_MS) return since
    await new Promise(resolve => setTimeout(resolve, LOOK_MS))
  }
}
