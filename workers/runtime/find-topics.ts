import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { speaking } from '../../core/dialect.ts'
import type { Dialect } from '../../core/dialect.ts'
import { AppError } from '../../core/errors.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'

/** A topic that a department's client works, with the handler that its matter gives it. */
export interface DepartmentTopic {
  readonly topic: string
  /** Whose client takes the task. */
  readonly department: string
  readonly handler: StepHandler
  /** Where the call goes instead, by the insurance of the row; undefined when it goes to `department`. */
  readonly departmentOf: Readonly<Record<string, string>> | undefined
}

interface StepEntry { readonly department: string, readonly asksDepartmentOf?: 'insurance' }
interface RegionFile { readonly insurances?: readonly { readonly slug: string, readonly department: string }[] }

/** Folder of `workers/` whose steps are shared by all regions; their topics begin with its name. */
const SHARED = 'common'
const NOT_A_REGION = new Set(['runtime', SHARED])

/**
 * Finds every matter by listing `workers/<region>/*.ts` below `root`, and each step's department in the region's
 * `steps.json`. The topic is derived: `<region>.<slug>.<step>`, for shared steps `common.<step>`.
 * @throws AppError DATA_INVALID that names every topic without an entry and every entry without a handler
 */
export async function findTopics(root: string): Promise<DepartmentTopic[]> {
  const regions = readdirSync(join(root, 'workers'), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !NOT_A_REGION.has(entry.name)).map(entry => entry.name)
  const found = new Map<string, DepartmentTopic>()
  const problems: string[] = []
  const shared = await handlersOf(root, SHARED)
  for (const region of regions) {
    const steps = readJson<Record<string, StepEntry>>(join(root, 'regions', region, 'steps.json'))
    const { insurances = [] } = readJson<RegionFile>(join(root, 'regions', region, 'region.json'))
    const byInsurance = Object.fromEntries(insurances.map(({ slug, department }) => [slug, department]))
    const dialects = readDialects(join(root, 'regions', region, 'departments'))
    const handlers = new Map([...shared, ...await handlersOf(root, region)])
    problems.push(...[...handlers.keys()].filter(topic => !steps[topic]).map(topic => `${region}: steps.json 缺少 ${topic}`))
    for (const [topic, { department, asksDepartmentOf }] of Object.entries(steps)) {
      const handler = handlers.get(topic)
      const departmentOf = asksDepartmentOf && byInsurance
      const departmentFor = (insurance: string) => departmentOf?.[insurance] ?? department
      if (handler) found.set(topic, { topic, department, departmentOf, handler: spoken(handler, dialects, departmentFor) })
      else problems.push(`${region}: ${topic} 没有办理程序`)
    }
  }
  if (problems.length > 0) throw new AppError('DATA_INVALID', { detail: problems.join('；') })
  return [...found.values()]
}

/** How each department of a region calls things, where it has names of its own. */
function readDialects(folder: string): Readonly<Record<string, Dialect>> {
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : []
  return Object.fromEntries(files.map(name => [name.slice(0, -'.json'.length), readJson<Dialect>(join(folder, name))]))
}

/** A handler whose department is spoken to in its own words. */
function spoken(
  handler: StepHandler, dialects: Readonly<Record<string, Dialect>>, departmentFor: (insurance: string) => string
): StepHandler {
  if (Object.keys(dialects).length === 0) return handler
  return (input, deps) => handler(input, speaking(dialects[departmentFor(input.context.insurance ?? '')], deps))
}

async function handlersOf(root: string, folder: string): Promise<Map<string, StepHandler>> {
  const path = join(root, 'workers', folder)
  // A second part in the name (resident-pension.tiers.ts) belongs to the file of the same slug.
  const files = existsSync(path) ? readdirSync(path).filter(name => /^[a-z0-9-]+\.ts$/.test(name)).sort() : []
  const matters = await Promise.all(files.map(async name => {
    const { matter } = await import(pathToFileURL(join(path, name)).href) as { matter: Matter }
    return matter
  }))
  return new Map(matters.flatMap(({ slug, steps }) => Object.entries(steps)
    .map(([step, handler]) => [folder === SHARED ? `${SHARED}.${step}` : `${folder}.${slug}.${step}`, handler] as const)))
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T
}
