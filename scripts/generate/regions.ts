import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Region } from '../../core/region.ts'

/** The regions that have such a file in their folder, by the order of their codes. */
export function regionsWith(file: string): string[] {
  return readdirSync('regions').filter(slug => existsSync(join('regions', slug, file)))
    .sort((a, b) => regionOf(a).code.localeCompare(regionOf(b).code))
}

export const regionOf = (slug: string): Region => JSON.parse(readFileSync(join('regions', slug, 'region.json'), 'utf8')) as Region

export const nameOf = (slug: string): string => regionOf(slug).name
