import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { groupBy } from '../db/group-by.ts'

/** A division of GB/T 2260: 12 digits, those below its own level are zero. */
export interface Place {
  readonly code: string
  readonly name: string
}

/** A code without the zeros below its level, and the name. */
type Row = readonly [code: string, name: string]

/** Digits that tell the levels apart: province, county, township, village. */
const LEVELS = [2, 6, 9, 12] as const
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The divisions right below one: the counties of a province, the townships of a county, the villages and communities of a
 * township; [] where our lists end (townships and villages are those of the regions that run here). `code` has 12 digits.
 */
export function placesBelow(code: string): Place[] {
  const level = LEVELS.findIndex(digits => /^0*$/.test(code.slice(digits)))
  const parent = code.slice(0, LEVELS[level])
  return rowsOf(parent).filter(([one]) => one.length === LEVELS[level + 1] && one.startsWith(parent))
    .map(([one, name]) => ({ code: one.padEnd(12, '0'), name }))
}

/** Township and village of a code of 12 digits, as in an address: 新竹街道新竹社区居委会; the code itself where our lists end before it. */
export function nameBelowCounty(code: string): string {
  const nameOf = (part: string): string | undefined => rowsOf(code).find(([one]) => one === part)?.[1]
  if (/^0*$/.test(code.slice(6))) return ''
  const township = nameOf(code.slice(0, 9)) ?? ''
  const village = /^0*$/.test(code.slice(9)) ? '' : nameOf(code)
  return township === '' || village === undefined ? `${township}（${code}）` : township + village
}

/** Name of a county of the nation, of six digits; '' for none. */
export function countyName(code: string): string {
  return counties().find(([one]) => one === code.slice(0, 6))?.[1] ?? ''
}

let nation: readonly Row[] | undefined
let below: ReadonlyMap<string, readonly Row[]> | undefined

function counties(): readonly Row[] {
  nation ??= read(join(ROOT, 'core', 'counties.json'))
  return nation
}

/** All rows among which those of a code are: the nation's counties for a province, else its county's own. */
function rowsOf(code: string): readonly Row[] {
  below ??= groupBy(readdirSync(join(ROOT, 'regions')).flatMap(slug => read(join(ROOT, 'regions', slug, 'places.json'))), ([one]) => one.slice(0, 6))
  return code.length < 6 ? counties() : below.get(code.slice(0, 6)) ?? []
}

function read(file: string): Row[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Row[] : []
}
