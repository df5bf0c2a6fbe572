import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { checklistOf } from './checklist.ts'
import type { ChecklistEntry } from './checklist.ts'
import { materialsNeeded } from './needed.ts'
import { decidesRoute, materialsState } from './state.ts'
import type { MaterialsState } from './state.ts'

type Context = Pick<ServerContext, 'clock' | 'crypto' | 'db' | 'decisions' | 'regions'>

/** The materials on which the way of a matter depends, with their state; most matters have none, which costs no question. */
export async function decidingMaterials(ctx: Context, application: Application, slug: string): Promise<ChecklistEntry[]> {
  const content = readContent(ctx, application)
  const deciding = (await materialsNeeded(ctx, application, content, [slug])).filter(decidesRoute)
  return deciding.length === 0 ? [] : checklistOf(ctx, application, content, deciding)
}

/**
 * What the process of an item is told of its materials as they are now. A row of a declaration has none: they belong to the
 * registration that it rests on.
 */
export async function materialsStateOf(
  ctx: Context, application: Application, item: Item | null, row: ItemRow | null
): Promise<MaterialsState> {
  return !item || row ? 'complete' : materialsState(await decidingMaterials(ctx, application, item.slug), item.slug)
}
