import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Rate, Rates } from '../../core/contribution-rates.ts'

const REGIONS = fileURLToPath(new URL('../../regions', import.meta.url))

/** The amounts and rates that the stand-in reckons with: those of the regions, each under its own names of insurances. */
export function readParameters(): readonly Rate[] {
  const files = readdirSync(REGIONS).sort().map(region => join(REGIONS, region, 'rates.json'))
  return files.filter(file => existsSync(file)).flatMap(file => (JSON.parse(readFileSync(file, 'utf8')) as Rates).rows)
}
