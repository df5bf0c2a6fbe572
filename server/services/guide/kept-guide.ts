import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RetryableError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import { drawDiagram } from '../../documents/diagram/draw.ts'
import { guideOf } from '../guide.ts'

type Context = Pick<ServerContext, 'regions' | 'decisions' | 'clock' | 'engine'>
  & { readonly config: Pick<ServerContext['config'], 'regionsDir' | 'dataDir'> }

/** A guide with what it was made from. */
export interface KeptGuide {
  /** Version of each table and process that it quotes. */
  readonly definitions: Readonly<Record<string, string>>
  readonly guide: Awaited<ReturnType<typeof guideOf>>
  /** Diagrams as SVG, by slug; `enrolment` is the umbrella. */
  readonly diagrams: Readonly<Record<string, string>>
}

export interface CurrentGuide extends KeptGuide {
  /** False while the engine is away: then this is the last guide that was known to be right. */
  readonly isCurrent: boolean
}

const TABLES = ['eligibility', 'materials', 'deadlines', 'exclusivity']
const remembered = new Map<string, KeptGuide>()

/**
 * The guide of what is deployed now, made anew only when a table or process has another version. It is kept on disk too, so
 * that people can read it while the engine is away, also after a start of the server. Throws AppError REGION_UNKNOWN, and what
 * `guideOf` throws when there is nothing kept.
 */
export async function currentGuide(ctx: Context, slug: string): Promise<CurrentGuide> {
  ctx.regions.get(slug)
  const file = join(ctx.config.dataDir, 'guides', `${slug}.json`)
  const kept = remembered.get(file) ?? await readKept(file)
  try {
    const definitions = await definitionsOf(ctx, slug)
    if (kept && JSON.stringify(kept.definitions) === JSON.stringify(definitions)) return { ...kept, isCurrent: true }
    const made = { definitions, guide: await guideOf(ctx, slug), diagrams: await diagramsOf(ctx, slug, definitions) }
    remembered.set(file, made)
    await writeKept(file, made)
    return { ...made, isCurrent: true }
  } catch (error) {
    if (kept && error instanceof RetryableError) return { ...kept, isCurrent: false }
    throw error
  }
}

async function definitionsOf({ engine, regions }: Context, region: string): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const table of TABLES) ids[table] = (await engine.decisionDefinition(`${region}-${table}`))?.id ?? ''
  for (const slug of processesOf(regions, region)) ids[`${slug}.bpmn`] = (await engine.processDefinition(`${region}-${slug}`))?.id ?? ''
  return ids
}

async function diagramsOf({ engine, regions }: Context, region: string, definitions: Readonly<Record<string, string>>) {
  const drawn: Record<string, string> = {}
  const { matters } = regions.get(region)
  for (const slug of processesOf(regions, region)) {
    const id = definitions[`${slug}.bpmn`]
    const title = matters.find(matter => matter.slug === slug)?.title ?? '灵活就业参保“一件事”'
    if (id) drawn[slug] = drawDiagram(await engine.processXml(id), `${title}办理流程图`)
  }
  return drawn
}

const processesOf = (regions: Context['regions'], region: string): string[] =>
  ['enrolment', ...regions.get(region).matters.map(({ slug }) => slug)]

async function readKept(file: string): Promise<KeptGuide | null> {
  return readFile(file, 'utf8').then(text => JSON.parse(text) as KeptGuide, () => null)
}

/** A copy that cannot be written hinders nobody who reads the guide now. */
async function writeKept(file: string, guide: KeptGuide): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
    await writeFile(`${file}.new`, JSON.stringify(guide))
    await rename(`${file}.new`, file)
  } catch {
    // Only the copy for a start without engine is lost; the one in memory stays.
  }
}
