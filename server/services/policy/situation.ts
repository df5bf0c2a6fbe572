import { sameCounty } from '../../../core/facts.ts'
import type { Situation, SituationRule } from '../../../core/region.ts'
import type { ApplicationContent } from '../../db/applications.ts'

/** Inputs of the rules on materials beside the person's facts; "unknown" where the form does not tell. */
export type MaterialSituation = Readonly<Record<string, string>>

/** Nothing is told yet: whatever depends on the form is listed with its condition, and required of nobody. */
export function unknownSituation(rules: Situation): MaterialSituation {
  return Object.fromEntries(Object.keys(rules).map(input => [input, 'unknown']))
}

/** What a form tells of the situation on which materials depend, by the region's own reading of its fields. */
export function situationOf(rules: Situation, content: ApplicationContent): MaterialSituation {
  return Object.fromEntries(Object.entries(rules).map(([input, rule]) => [input, read(rule, content)]))
}

function read({ at, isFilled, includes, values, sameCountyAs, whenEmpty }: SituationRule, content: ApplicationContent): string {
  const told = at.flatMap(pointer => valuesAt(content, namesOf(pointer)))
  if (isFilled) return told.length > 0 ? 'yes' : 'no'
  if (!at.some(pointer => valuesAt(content, namesOf(pointer).slice(0, 2)).length > 0)) return 'unknown'
  if (includes) return told.some(value => includes.includes(String(value))) ? 'yes' : 'no'
  if (sameCountyAs) return sameCounty(told[0], valuesAt(content, namesOf(sameCountyAs))[0])
  if (told.length === 0) return whenEmpty ?? 'unknown'
  return told.map(value => values?.[String(value)]).find(value => value !== undefined) ?? 'unknown'
}

const namesOf = (pointer: string): string[] => pointer.split('/').slice(1)

function valuesAt(here: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (here === undefined || here === null || here === '') return []
  if (name === undefined) return [here]
  if (name === '*') return Array.isArray(here) ? here.flatMap(one => valuesAt(one, rest)) : []
  if (typeof here !== 'object' || !Object.hasOwn(here, name)) return []
  return valuesAt((here as Record<string, unknown>)[name], rest)
}
