import { formatInstant } from '../../../core/dates.ts'
import type { Region } from '../../../core/region.ts'
import type { AuditRow } from '../../db/audit-event.ts'
import type { Item } from '../../db/items.ts'
import { matterTitle } from '../../regions/titles.ts'
import { affectedOf } from '../timeline.ts'

/** What a correction changed of what a matter uses: to be looked at again. */
export interface ContentChange {
  readonly at: string
  /** Title of the item that was corrected. */
  readonly corrected: string
  /** Names of the changed fields that the matter uses. */
  readonly labels: readonly string[]
}

/** The changes by corrections, of this item or of a sibling, that concern the matter `slug`, oldest first. */
export function changesFor(
  region: Region, chain: readonly AuditRow[], items: readonly Pick<Item, 'id' | 'slug'>[], slug: string | null
): ContentChange[] {
  return chain.filter(({ type }) => type === 'correction-submitted').flatMap(({ at, item_id, data }) => {
    const { affected } = JSON.parse(data) as { affected?: unknown }
    const labels = affectedOf(affected).find(one => one.slug === slug)?.labels ?? []
    const corrected = items.find(({ id }) => id === item_id)?.slug
    return labels.length > 0 && corrected ? [{ at: formatInstant(at), corrected: matterTitle(region, corrected), labels }] : []
  })
}
