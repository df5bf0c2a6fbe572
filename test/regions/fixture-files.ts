import { readdirSync, readFileSync } from 'node:fs'
import type { RawFacts } from '../../core/facts.ts'
import { exampleContent, merge } from '../forms/support.ts'

/** What a handler is to say: its variables, and the codes of its reasons (none when left out). */
export type ExpectedStep = Readonly<Record<string, unknown>> & { readonly reasons?: readonly string[] }

/** `regions/<region>/fixtures/<slug>/<name>.json`: one case of a matter, its clause, and what has to come out. */
export interface Fixture {
  readonly name: string
  readonly clause: string
  /** Business date. */
  readonly today: string
  readonly input: {
    readonly channel: 'online' | 'window' | 'platform'
    /** Further selected matters. */
    readonly matters?: readonly string[]
    readonly facts?: RawFacts
    /** Account of a demo person, whose records the departments answer from. */
    readonly person?: string
    /** Changes to the example form, as JSON merge patches. */
    readonly common?: object
    readonly item?: object
    readonly agent?: object
    /** What the server tells of uploaded materials, by code. */
    readonly materials?: object
  }
  readonly expect: {
    readonly status?: 'eligible' | 'ineligible' | 'unknown'
    readonly form?: readonly { readonly path: string; readonly code: string }[]
    /** What the tables hold against it when it is submitted, though the form is filled in right. */
    readonly submission?: readonly { readonly path: string; readonly code: string }[]
    /**
     * How the case ends once it is submitted, and who decides; a form with faults is never submitted. Where a clerk decides, the
     * machine has left it to a person.
     */
    readonly outcome?: 'approved-by-system' | 'approved-by-clerk' | 'rejected-by-clerk' | 'rejected-by-department'
    /** By step, in the order of the process. */
    readonly steps?: Readonly<Record<string, ExpectedStep>>
  }
}

export interface FixtureFile {
  readonly region: string
  readonly slug: string
  readonly file: string
  readonly fixture: Fixture
}

/** All fixtures of a region. */
export function readFixtures(region: string): FixtureFile[] {
  const folder = `regions/${region}/fixtures`
  return readdirSync(folder).flatMap(slug => readdirSync(`${folder}/${slug}`).sort().map(file =>
    ({ region, slug, file, fixture: JSON.parse(readFileSync(`${folder}/${slug}/${file}`, 'utf8')) as Fixture })))
}

export interface FixtureContent {
  readonly common: unknown
  readonly items: Readonly<Record<string, unknown>>
  readonly agent: unknown
}

/** The one form as the fixture fills it: the example, changed by the fixture; a named person stands in for the example's. */
export function contentOf({ region, slug, fixture: { input } }: FixtureFile, person: object = {}): FixtureContent {
  const content = exampleContent([...input.matters ?? [], slug], region)
  const named = input.person === undefined ? content.common : { person }
  return {
    common: merge(named, input.common ?? {}),
    items: { ...content.items, [slug]: merge(content.items[slug], input.item ?? {}) },
    agent: input.agent ?? null
  }
}
