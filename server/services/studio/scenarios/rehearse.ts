import type { ServerContext } from '../../../context.ts'
import type { ModelDraft } from '../../../db/model-drafts.ts'
import type { ScratchPassage } from '../../../engine/gateway-scratch.ts'
import { newTenant } from '../../../engine/gateway-scratch.ts'
import { coverageOf, flowsTaken } from './coverage.ts'
import { rehearsedModels } from './models.ts'
import { again, fixtureScenarios, selectionScenarios, usualScenario } from './plan.ts'
import type { Played, Stage } from './player.ts'
import { play } from './player.ts'
import type { Outcome, Scenario } from './scenario.ts'
import { OUTCOMES } from './scenario.ts'

/** A rehearsal ends after so long, whatever is left. */
export const LONGEST = 180_000
const WAVE = 40
const MOST_PATHS = 80

export type Progress = (done: number, total: number) => Promise<void>

/**
 * Plays a draft on the real engine: the region's cases, every legal selection with it, and each way that none of them takes.
 * Only codes, flags and dates of the procedure go to the engine; what was deployed and played is taken away at the end.
 */
export async function rehearse(ctx: ServerContext, draft: ModelDraft, progress: Progress) {
  const region = ctx.regions.get(draft.region)
  const slug = draft.key.slice(region.slug.length + 1)
  const isAlone = draft.kind === 'process'
  const rehearsed = await rehearsedModels(ctx, region.slug, draft, isAlone)
  const tenant = newTenant()
  const stage: Stage = {
    ctx, region, tenant, rehearsed, steps: ctx.regions.steps(region.slug), draftKey: draft.key,
    deadline: ctx.clock.realNow() + LONGEST
  }
  const planned = await plan(ctx, draft, slug)
  const deployment = await ctx.engine.deployScratch(tenant, rehearsed.files)
  try {
    const played: Played[] = []
    const asked = new Set<string>()
    let waiting = planned
    while (waiting.length > 0 && ctx.clock.realNow() < stage.deadline) {
      const wave = await play(stage, waiting.slice(0, WAVE))
      played.push(...wave)
      waiting = [...waiting.slice(WAVE), ...otherWays(wave, asked, played.length - planned.length)]
      await progress(played.length, played.length + waiting.length)
    }
    return { ...await resultOf(stage, played), left: waiting.length }
  } finally {
    await ctx.engine.deleteDeployment(deployment)
  }
}

async function plan(ctx: ServerContext, { kind, key }: ModelDraft, slug: string): Promise<Scenario[]> {
  const region = ctx.regions.get(key.slice(0, key.length - slug.length - 1))
  const fixtures = ctx.regions.fixtures(region.slug)
  if (kind === 'decision') return fixtureScenarios(region, fixtures)
  if (slug === 'enrolment') {
    const selections = await selectionScenarios(ctx, region)
    return [everything(selections), ...selections]
  }
  return [
    usualScenario(region, slug), ...fixtureScenarios(region, fixtures.filter(one => one.slug === slug)),
    ...await selectionScenarios(ctx, region, slug)
  ]
}

/** The largest selection once more, from which the other ways of the umbrella are found. */
function everything(selections: readonly Scenario[]): Scenario {
  const [largest] = selections.toSorted((one, other) => other.id.split('+').length - one.id.split('+').length)
  return { ...again(largest!), id: 'path-1', kind: 'path', name: '常规办理', expected: null }
}

/** From each way played, those that turn off at a place where nobody turned off yet. */
function otherWays(wave: readonly Played[], asked: Set<string>, count: number): Scenario[] {
  return wave.filter(({ scenario }) => scenario.kind === 'path').flatMap(({ scenario, points }) =>
    [...points.values()].filter(({ id }) => !asked.has(id)).flatMap(({ id, label, alternatives }) => {
      asked.add(id)
      return alternatives.map((value): Scenario => ({
        ...again(scenario), id: `path-${id}-${String(value)}`, name: `${label}${value === true ? '' : `：${String(value)}`}`,
        choices: { ...scenario.choices, [id]: value }
      }))
    })).slice(0, Math.max(0, MOST_PATHS - count))
}

async function resultOf({ ctx, tenant, rehearsed, draftKey }: Stage, played: readonly Played[]) {
  const elements = rehearsed.models.get(draftKey)?.elements
  const passages = elements ? await ctx.engine.scratchPassages(await ctx.engine.scratchDefinition(tenant, draftKey)) : []
  const byInstance = new Map<string, ScratchPassage[]>()
  for (const one of passages) byInstance.set(one.instanceId, [...(byInstance.get(one.instanceId) ?? []), one])
  const ways = played.map(({ instances }) => [...instances]
    .flatMap(id => flowsTaken(elements ?? new Map(), byInstance.get(id) ?? [])))
  return {
    scenarios: played.map(({ scenario, outcome, problem }, index) => ({
      id: scenario.id, kind: scenario.kind, name: scenario.name, clause: scenario.clause,
      expected: scenario.expected && OUTCOMES[scenario.expected], actual: outcome && OUTCOMES[outcome], problem,
      isAsExpected: problem === null && isExpected(scenario.expected, outcome), path: ways[index]!
    })),
    coverage: elements ? coverageOf(elements, ways) : null
  }
}

function isExpected(expected: Outcome | null, outcome: Outcome | null): boolean {
  return expected === null || expected === outcome || (expected === 'approved' && (outcome ?? '').startsWith('approved'))
}
