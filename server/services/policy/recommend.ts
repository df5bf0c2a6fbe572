import type { RawFacts } from '../../../core/facts.ts'
import type { ServerContext } from '../../context.ts'
import type { RuleHit } from './eligibility.ts'
import { precheck } from './precheck.ts'
import type { MatterConflict } from './exclusivity.ts'
import { readAnswers } from './questionnaire.ts'
import type { Answers } from './questionnaire.ts'

export interface RecommendQuestion {
  readonly channel: 'online' | 'window' | 'platform'
  readonly answers?: Answers
  /** What is known beside the answers; an answer goes before it. */
  readonly facts?: RawFacts
}

export interface Recommendation {
  readonly slug: string
  readonly title: string
  /** `recommended`: wished and possible · `ask-a-person`: a rule or a missing fact leaves it open. */
  readonly verdict: 'recommended' | 'possible' | 'ask-a-person' | 'not-possible'
  /** Why not, or why a person has to look; each with its clause. */
  readonly reasons: readonly RuleHit[]
  readonly missingFacts: readonly string[]
}

export interface Recommendations {
  readonly matters: readonly Recommendation[]
  /** Pairs of which only one can be chosen, among those that are not impossible. */
  readonly choices: readonly MatterConflict[]
}

type Context = Pick<ServerContext, 'regions' | 'decisions' | 'clock' | 'calendar'>

/**
 * 智能引导: what fits somebody, and for everything else why not. It asks the same tables as the precheck, so that it can never
 * recommend what would be refused. Throws AppError REGION_UNKNOWN (404), ANSWER_UNKNOWN (422).
 */
export async function recommend(ctx: Context, regionSlug: string, question: RecommendQuestion): Promise<Recommendations> {
  const region = ctx.regions.get(regionSlug)
  const told = readAnswers(ctx.regions.questionnaire(regionSlug), question.answers ?? {})
  const facts = { ...question.facts, ...told.facts }
  const ask = (matters: readonly string[]) => precheck(ctx, regionSlug, { channel: question.channel, matters, facts })
  const matters: Recommendation[] = []
  for (const { slug, title } of region.matters) {
    // One at a time: a matter that excludes another is not wrong for that, it is a choice.
    const { status, reasons, missingFacts } = (await ask([slug])).matters[0]!
    const isWished = told.matters === null || told.matters.includes(slug)
    matters.push({ slug, title, verdict: verdictOf(status, isWished), reasons, missingFacts })
  }
  const open = matters.filter(({ verdict }) => verdict !== 'not-possible').map(({ slug }) => slug)
  return { matters, choices: (await ask(open)).conflicts }
}

function verdictOf(status: string, isWished: boolean): Recommendation['verdict'] {
  if (status === 'ineligible') return 'not-possible'
  if (status === 'unknown') return 'ask-a-person'
  return isWished ? 'recommended' : 'possible'
}
