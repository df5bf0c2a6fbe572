import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Rates } from '../../core/contribution-rates.ts'
import { AppError } from '../../core/errors.ts'
import type { MatterEntry, Messages, PlatformEntry, Region, SignedPaper, Situation, Steps } from '../../core/region.ts'
import type { Retention } from '../../core/retention.ts'
import type { Supervision } from '../../core/supervision.ts'
import { bundle } from '../services/forms/form-bundle.ts'
import type { FormPart } from '../services/forms/form-bundle.ts'
import { readFixtures } from './fixtures.ts'
import type { RegionFixture } from './fixtures.ts'
import type { Questionnaire } from '../services/policy/questionnaire.ts'

/** One page of the 办事指南: Markdown as written, `slug` is the file's name without ending. */
export interface GuidePage {
  readonly slug: string
  readonly title: string
  readonly markdown: string
}

/** Everything that is known about the regions, read once from their folders. */
export interface RegionCatalogue {
  /** Folder that holds `regions`, `forms` and `processes`. */
  readonly root: string
  all(): Region[]
  /** Throws AppError REGION_UNKNOWN (404). */
  get(slug: string): Region
  /** What each department step may be told. */
  steps(slug: string): Steps
  /** Schema and presentation of one matter's part of the form, or of the parts `common` and `agent`. */
  form(slug: string, matter: string): FormPart
  guide(slug: string): GuidePage[]
  /** Papers to be signed, by the code of the material that each is. */
  signedPapers(slug: string): ReadonlyMap<string, SignedPaper>
  /** How the inputs of the rules on materials are read from the form; empty for a region that asks for none. */
  situation(slug: string): Situation
  /** The words of the messages to applicants, by event. */
  messages(slug: string): Messages
  /** The platform that hands in for people; null for a region that has none. */
  platform(slug: string): PlatformEntry | null
  /** The questions of the 智能引导; none for a region that asks none. */
  questionnaire(slug: string): Questionnaire
  /** What the estimate of contributions reckons with; a region without figures estimates nothing. */
  rates(slug: string): Rates
  /** The ladder of supervision; a region without one has no rung to climb. */
  supervision(slug: string): Supervision
  /** How long personal data is kept; a region without periods keeps it for ever. */
  retention(slug: string): Retention
  /** The region's cases, each with what has to come out. */
  fixtures(slug: string): RegionFixture[]
}

const NO_PERIODS: Retention = {
  note: '', isAutomatic: false, days: { drafts: null, materials: null, forms: null, messages: null, feedback: null }
}

/**
 * Reads `regions/`, `forms/` below `root` (the repository unless told otherwise). Files are read at the first
 * question and kept: a running server answers alike until it is started again.
 */
export function createRegionCatalogue(root: string = repositoryRoot()): RegionCatalogue {
  const regions = new Map(readRegions(root).map(region => [region.slug, region]))
  const get = (slug: string): Region => {
    const region = regions.get(slug)
    if (!region) throw new AppError('REGION_UNKNOWN')
    return region
  }
  const platforms = remember((slug: string) => {
    const path = join(root, 'regions', slug, 'platform.json')
    return existsSync(path) ? readJson(path) as unknown as PlatformEntry : null
  })
  const messages = remember((slug: string) => readOptional(join(root, 'regions', slug, 'messages.json')) as Messages)
  const steps = remember((slug: string) => readJson(join(root, 'regions', get(slug).slug, 'steps.json')) as Steps)
  const fixtures = remember((slug: string) => readFixtures(root, slug))
  const guides = remember((slug: string) => readGuide(join(root, 'regions', slug, 'guide')))
  const signed = remember((slug: string) => readSignedPapers(join(root, 'regions', slug, 'papers')))
  const questionnaires = remember((slug: string) => readQuestionnaire(join(root, 'regions', slug, 'questionnaire.json')))
  const situations = remember((slug: string) => readOptional(join(root, 'regions', slug, 'situation.json')) as Situation)
  const rates = remember((slug: string): Rates => ({ note: '', rows: [], ...readOptional(join(root, 'regions', slug, 'rates.json')) }))
  const supervisions = remember((slug: string): Supervision => (
    { note: '', rungs: [], proposals: { rating: 'supervise', feedback: 'remind' }, ...readOptional(join(root, 'regions', slug, 'supervision.json')) }))
  const retentions = remember((slug: string): Retention => ({ ...NO_PERIODS, ...readOptional(join(root, 'regions', slug, 'retention.json')) }))
  return {
    root,
    all: () => [...regions.values()],
    get,
    steps: slug => steps(get(slug).slug),
    form(slug, matter) {
      const { common, agent, matters } = bundle(get(slug).slug, root)
      if (matter === 'common') return common
      if (matter === 'agent') return agent
      const part = matters[matterOf(get(slug), matter).slug]
      if (!part) throw new AppError('DATA_INVALID', { detail: `事项“${matter}”没有表单` })
      return part
    },
    guide: slug => guides(get(slug).slug),
    signedPapers: slug => signed(get(slug).slug),
    situation: slug => situations(get(slug).slug),
    platform: slug => platforms(get(slug).slug),
    messages: slug => messages(get(slug).slug),
    questionnaire: slug => questionnaires(get(slug).slug),
    rates: slug => rates(get(slug).slug),
    supervision: slug => supervisions(get(slug).slug),
    retention: slug => retentions(get(slug).slug),
    fixtures: slug => fixtures(get(slug).slug)
  }
}

/** The entry of a matter in its region. Throws AppError MATTER_UNKNOWN (422). */
export function matterOf(region: Region, slug: string): MatterEntry {
  const matter = region.matters.find(entry => entry.slug === slug)
  if (!matter) throw new AppError('MATTER_UNKNOWN', { detail: `没有事项“${slug}”` })
  return matter
}

function readRegions(root: string): Region[] {
  const folder = join(root, 'regions')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(folder, entry.name, 'region.json')))
    .map(entry => readJson(join(folder, entry.name, 'region.json')) as unknown as Region)
    .sort((a, b) => a.code.localeCompare(b.code))
}

function readGuide(folder: string): GuidePage[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(name => name.endsWith('.md')).sort().map(name => {
    const markdown = readFileSync(join(folder, name), 'utf8')
    const slug = name.slice(0, -'.md'.length)
    return { slug, title: /^#\s+(.+)$/m.exec(markdown)?.[1]?.trim() ?? slug, markdown }
  })
}

function readSignedPapers(folder: string): ReadonlyMap<string, SignedPaper> {
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')).sort() : []
  return new Map(files.map(name => [name.slice(0, -'.json'.length), readJson(join(folder, name)) as unknown as SignedPaper]))
}

function readQuestionnaire(path: string): Questionnaire {
  return existsSync(path) ? readJson(path) as unknown as Questionnaire : { title: '', intro: '', questions: [] }
}

function readOptional(path: string): Record<string, never> {
  return existsSync(path) ? readJson(path) : {}
}

function remember<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return key => {
    if (!known.has(key)) known.set(key, read(key))
    return known.get(key) as T
  }
}

// The type of a JSON file is a promise of whoever wrote it; test/regions checks each against its schema.
function readJson(path: string): Record<string, never> {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function repositoryRoot(): string {
  return fileURLToPath(new URL('../..', import.meta.url))
}
