import type { People } from '../people/index.ts'

/** First two digits (GB/T 2260) of the province where a person lives, for numbers that begin with them; 00 for a stranger. */
export function provinceOf(people: People, idNumber: string): string {
  return people.byIdNumber(idNumber)?.person.residenceDivision.slice(0, 2) ?? '00'
}
