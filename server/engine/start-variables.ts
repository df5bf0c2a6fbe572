import { camelCase } from '../../core/region.ts'
import type { Region } from '../../core/region.ts'
import type { Application } from '../db/applications.ts'
import type { ItemRow } from '../db/item-rows.ts'
import type { Item } from '../db/items.ts'
import type { EngineValue, EngineVariables } from './engine-variables.ts'

/**
 * Variables with which an umbrella starts: for every matter of the region whether it is selected, for every insurance
 * whether a row of the declaration is wanted (a missing one would stop the start, engine-notes C5), and the ids of both.
 */
export function startVariables(
  region: Region, application: Pick<Application, 'id' | 'channel' | 'division'>,
  items: readonly Pick<Item, 'id' | 'slug'>[], rows: readonly Pick<ItemRow, 'id' | 'insurance'>[]
): EngineVariables {
  const variables: Record<string, EngineValue> = {
    applicationId: application.id, region: region.slug, channel: application.channel,
    division: application.division ?? region.homeDivision
  }
  for (const { slug } of region.matters) {
    const item = items.find(one => one.slug === slug)
    variables[camelCase(`sel-${slug}`)] = item !== undefined
    if (item) variables[camelCase(`${slug}-item-id`)] = item.id
  }
  for (const { slug } of region.insurances) {
    const row = rows.find(({ insurance }) => insurance === slug)
    variables[camelCase(`row-${slug}`)] = row !== undefined
    if (row) variables[camelCase(`${slug}-row-id`)] = row.id
  }
  return variables
}
