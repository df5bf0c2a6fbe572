import { AppError } from '../../../core/errors.ts'
import { impersonalFacts } from '../../../core/facts.ts'
import type { RawFacts } from '../../../core/facts.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import type { RuleHit } from './eligibility.ts'
import { textOf } from './decision-rows.ts'

export type ArchiveSituation = 'never-employed' | 'left-employer' | 'working' | 'unknown'

export interface JurisdictionQuestion {
  readonly matter: string
  readonly facts: RawFacts
  readonly archiveSituation?: ArchiveSituation
  /** Where the archive or the former employer is, GB/T 2260. */
  readonly archiveDivision?: string
}

export interface Jurisdiction extends RuleHit {
  /** Six digits; one of the region's divisions, or its home division. */
  readonly division: string
  readonly basis: 'household' | 'residence' | 'archive' | 'home'
}

/**
 * Which division handles the matter for this person, and by which rule. Throws AppError DECISION_FAILED (502) when
 * the table has no answer.
 */
export async function handlingDivision(
  ctx: Pick<ServerContext, 'decisions' | 'clock'>, region: Region, question: JurisdictionQuestion
): Promise<Jurisdiction> {
  const { matter, facts, archiveSituation = 'unknown', archiveDivision } = question
  const { household, residence } = impersonalFacts(facts, ctx.clock.today(), region)
  const inputs = { matter, household, residence, archiveSituation }
  const [row] = await ctx.decisions.evaluate(`${region.slug}-jurisdiction`, inputs)
  if (!row) throw new AppError('DECISION_FAILED', { cause: new Error(`no jurisdiction for ${matter}`) })
  const { householdDivision, residenceDivision } = facts
  const places = {
    household: householdDivision, residence: residenceDivision, archive: archiveDivision, home: undefined
  }
  const basis = textOf(row, 'basis') as Jurisdiction['basis']
  return {
    division: knownDivision(region, places[basis]),
    basis,
    ruleId: textOf(row, 'ruleId'),
    clause: textOf(row, 'clause'),
    message: textOf(row, 'message')
  }
}

/** The county if the region knows it, else its city, else the home division. */
function knownDivision(region: Region, division: string | undefined): string {
  const codes = new Set(region.divisions.map(({ code }) => code))
  const candidates = division ? [division.slice(0, 6), `${division.slice(0, 4)}00`] : []
  return candidates.find(code => codes.has(code)) ?? region.homeDivision
}
