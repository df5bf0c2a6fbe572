import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer, Outcome } from '../services/studio/scenarios/scenario.ts'

/** One of a region's cases as a rehearsal needs it: what has to come out and what the steps answer, nothing of the person. */
export interface RegionFixture {
  readonly slug: string
  /** File without ending. */
  readonly file: string
  readonly name: string
  readonly clause: string
  readonly channel: string
  readonly changesNameOrIdNumber: boolean
  readonly expect: {
    readonly status?: 'eligible' | 'ineligible' | 'unknown'
    readonly outcome?: Outcome
    readonly form?: readonly unknown[]
    readonly submission?: readonly unknown[]
    readonly steps?: Readonly<Record<string, Readonly<Record<string, Answer | readonly string[]>>>>
  }
}

/** All fixtures below `regions/<region>/fixtures`; none for a region that ships none. */
export function readFixtures(root: string, region: string): RegionFixture[] {
  const folder = join(root, 'regions', region, 'fixtures')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap(slug => readdirSync(join(folder, slug)).filter(name => name.endsWith('.json')).sort().map((name): RegionFixture => {
    const { name: title, clause, input, expect } = JSON.parse(readFileSync(join(folder, slug, name), 'utf8'))
    return {
      slug, file: name.replace(/\.json$/, ''), name: title, clause, channel: input.channel,
      changesNameOrIdNumber: input.facts?.changesNameOrIdNumber === true, expect
    }
  }))
}
