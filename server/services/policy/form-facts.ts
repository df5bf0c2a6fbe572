import type { RawFacts } from '../../../core/facts.ts'
import type { ApplicationContent } from '../../db/applications.ts'

/** What the common part of a form says of the person, as far as a rule may ask for it. */
export function factsOfForm({ common }: Pick<ApplicationContent, 'common'>): RawFacts {
  const { birthDate, sex, idType, householdDivision, residenceDivision } = (common.person ?? {}) as RawFacts
  return { birthDate, sex, idType, householdDivision, residenceDivision }
}
