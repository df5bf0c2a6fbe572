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

/** Which of these are stored already. */
export async function findKnownMilestones(db: Knex, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(await db('sla_milestone').whereIn('id', [...ids]).pluck('id') as string[])
}

/** Stores milestones that are not known yet; returns those that were new. */
export async function addMilestones(db: Knex, milestones: readonly Milestone[]): Promise<Milestone[]> {
  if (milestones.length === 0) return []
  const added = await db('sla_milestone').insert([...milestones]).onConflict('id').ignore().returning('id') as { id: string }[]
  return milestones.filter(({ id }) => added.some(one => one.id === id))
}

/** Milestones of several subjects in one query, by subject, oldest first. */
export async function findMilestones(db: Knex, subjectIds: readonly string[]): Promise<Map<string, Milestone[]>> {
  const rows = subjectIds.length
    ? await db<Milestone>('sla_milestone').whereIn('subject_id', [...subjectIds]).orderBy(['fired_at', 'id'])
    : []
  return groupBy(rows, milestone => milestone.subject_id)
}
