import type { Knex } from 'knex'
import { groupBy } from './group-by.ts'

export type MilestoneKind = 'warn' | 'yellow' | 'red'

/** A boundary timer of the legal clock that fired: 预警, 黄牌 or 红牌 of an item or a row. */
export interface Milestone {
  /** Activity instance of the engine: the same firing is stored once, however often it is read. */
  readonly id: string
  readonly subject_id: string
  readonly kind: MilestoneKind
  /** Business instant, ms. */
  readonly fired_at: number
}

/** Stores milestones that are not known yet; returns those that were new. */
export async function addMilestones(db: Knex, milestones: readonly Milestone[]): Promise<Milestone[]> {
  if (milestones.length === 0) return []
  const known = new Set(await db('sla_milestone').whereIn('id', milestones.map(({ id }) => id)).pluck('id') as string[])
  const fresh = milestones.filter(({ id }) => !known.has(id))
  if (fresh.length > 0) await db('sla_milestone').insert([...fresh]).onConflict('id').ignore()
  return fresh
}

/** Milestones of several subjects in one query, by subject, oldest first. */
export async function findMilestones(db: Knex, subjectIds: readonly string[]): Promise<Map<string, Milestone[]>> {
  const rows = subjectIds.length
    ? await db<Milestone>('sla_milestone').whereIn('subject_id', [...subjectIds]).orderBy(['fired_at', 'id'])
    : []
  return groupBy(rows, milestone => milestone.subject_id)
}
