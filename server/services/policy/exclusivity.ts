import { camelCase } from '../../../core/region.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { textOf } from './decision-rows.ts'

type Context = Pick<ServerContext, 'decisions'>

/** Two matters that cannot be handled for one person at the same time, and the rule that says so. */
export interface MatterConflict {
  readonly ruleId: string
  readonly matters: readonly [string, string]
  readonly clause: string
  readonly message: string
}

/** An item of the same person's earlier application that is not decided yet. */
export interface OpenItem {
  readonly slug: string
  /** Number of the application that it belongs to. */
  readonly number: string
}

/**
 * `matters[0]` is selected now, `matters[1]` is open under `number`. Without a rule it is the same matter a second
 * time.
 */
export interface OpenItemConflict {
  readonly number: string
  readonly matters: readonly [string, string]
  readonly ruleId: string | null
  readonly clause: string | null
  readonly message: string
}

/** The pairs among the selected matters, as the region's table has them, in its order. */
export async function conflictsAmong(
  ctx: Context, region: Region, selected: readonly string[]
): Promise<MatterConflict[]> {
  const rows = await ctx.decisions.evaluate(`${region.slug}-exclusivity`, selectionInputs(region, selected))
  return rows.map(row => ({
    ruleId: textOf(row, 'ruleId'),
    matters: [textOf(row, 'matterA'), textOf(row, 'matterB')],
    clause: textOf(row, 'clause'),
    message: textOf(row, 'message')
  }))
}

/**
 * What of the selection cannot go on beside the person's open items: the pairs of the same table that have one
 * matter on either side, and a matter that is open already. The message names the earlier number.
 */
export async function openItemConflicts(
  ctx: Context, region: Region, selected: readonly string[], openItems: readonly OpenItem[]
): Promise<OpenItemConflict[]> {
  if (openItems.length === 0) return []
  const same = openItems.filter(({ slug }) => selected.includes(slug))
  const repeated = same.map(({ slug, number }): OpenItemConflict => ({
    number, matters: [slug, slug], ruleId: null, clause: null,
    message: `“${titleOf(region, slug)}”已在申请 ${number} 中办理，尚未办结。`
  }))
  const pairs = await conflictsAmong(ctx, region, [...selected, ...openItems.map(({ slug }) => slug)])
  const crossing = pairs.flatMap(({ matters: [a, b], ...rule }) => [[a, b], [b, a]].flatMap(([mine, other]) =>
    selected.includes(mine!) ? openItems.filter(({ slug }) => slug === other).map(({ number }): OpenItemConflict => ({
      ...rule, number, matters: [mine!, other!],
      message: `“${titleOf(region, other!)}”正在申请 ${number} 中办理。${rule.message}`
    })) : []))
  return [...repeated, ...crossing]
}

/** The table's inputs: one boolean for each matter of the region, `sel` and the name of its variable. */
export function selectionInputs(region: Region, selected: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(region.matters.map(({ slug }) => [selectionVariable(slug), selected.includes(slug)]))
}

function selectionVariable(slug: string): string {
  return camelCase(`sel-${slug}`)
}

function titleOf(region: Region, slug: string): string {
  return region.matters.find(matter => matter.slug === slug)?.title ?? slug
}
