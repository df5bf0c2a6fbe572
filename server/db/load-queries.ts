import type { Knex } from 'knex'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'
import type { WorkItem } from './work-items.ts'

/** How many open tasks somebody, or nobody of a group, has; and how many of them are past their day. */
export interface Load {
  readonly assignee: string | null
  readonly department: string
  readonly division: string | null
  readonly open: number
  readonly overdue: number
}

/** The open tasks of a remit by group, division and holder; `now` divides what is overdue. */
export async function sumLoad(db: Knex, remit: Remit, now: number): Promise<Load[]> {
  const rows = await atRemit(db('work_item').where({ state: 'open' }), remit)
    .groupBy('assignee', 'department', 'division').orderBy(['department', 'division', 'assignee'])
    .select('assignee', 'department', 'division', db.raw('count(*) as open'))
    .select(db.raw('sum(case when due_at < ? then 1 else 0 end) as overdue', [now])) as Load[]
  return rows.map(row => ({ ...row, open: Number(row.open), overdue: Number(row.overdue) }))
}

/** Open tasks of a remit that one holder has (null = nobody), the most urgent first. */
export function findLoad(db: Knex, remit: Remit, assignee: string | null, limit: number): Promise<WorkItem[]> {
  return atRemit(db<WorkItem>('work_item').where({ state: 'open', assignee }), remit)
    .orderBy([{ column: 'due_at' }, { column: 'id' }]).limit(limit) as unknown as Promise<WorkItem[]>
}
