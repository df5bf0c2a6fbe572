import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { checklistOf } from './checklist.ts'
import { materialsState } from './state.ts'
import type { MaterialsState } from './state.ts'

/**
 * What the process of an item is told of its materials as they are now. A row of a declaration has none: they belong to the
 * registration that it rests on.
 */
export async function materialsStateOf(
  ctx: Pick<ServerContext, 'clock' | 'crypto' | 'db' | 'decisions' | 'regions'>, application: Application, item: Item | null, row: ItemRow | null
): Promise<MaterialsState> {
  if (!item || row) return 'complete'
  return materialsState(await checklistOf(ctx, application, readContent(ctx, application), [item.slug]), item.slug)
}
