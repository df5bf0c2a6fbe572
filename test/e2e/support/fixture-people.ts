import { completeRecords, readPeople } from '../../../departments/people/index.ts'
import { exampleOf, merge } from '../../forms/support.ts'
import { contentOf, readFixtures } from '../../regions/fixture-files.ts'
import type { Fixture, FixtureContent, FixtureFile } from '../../regions/fixture-files.ts'
import { withCheckDigit } from '../../support/people.ts'
import type { TestPerson } from '../../support/people.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- forms are read as they come */

/** A fixture with somebody of its own: fixtures that name the same demo person do not meet in one system. */
export interface FixtureCase extends FixtureFile {
  readonly account: TestPerson
  readonly content: FixtureContent
}

/** Every fixture with a person for whom all of its facts are true, known to identity, data sharing and the departments. */
export function fixtureCases(region: string): FixtureCase[] {
  const people = readPeople()
  return readFixtures(region).map((one, index) => {
    const { slug, file, fixture } = one
    const named = fixture.input.person === undefined ? undefined : people.byAccount(fixture.input.person)
    const drawn = contentOf({ ...one, fixture: { ...fixture, input: { ...fixture.input, person: 'own' } } }, named?.person ?? personOf(one)) as any
    const before = drawn.items[slug].identityBefore ?? {}
    const registered = { ...drawn.common.person, ...before }
    const idNumber = numberLike(registered, index)
    const renumber = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(registered.idNumber, idNumber)) as T
    const person = renumber(registered)
    return {
      ...one, content: renumber(drawn),
      account: {
        account: `fixture-${slug}-${file.replace('.json', '')}`, name: person.name, roles: ['citizen'], region, person,
        records: { ...named ? renumber(named.records) : completeRecords(person, recordsOf(fixture)) }
      }
    }
  })
}

/** The person of the example form, made to fit the facts. */
function personOf({ region, fixture: { input: { facts = {} } } }: FixtureFile): object {
  const { birthDate, sex, idType, householdDivision, residenceDivision } = facts
  const told = { birthDate, sex, idType, householdDivision, residenceDivision }
  return merge((exampleOf('common', region) as any).person, JSON.parse(JSON.stringify(told))) as object
}

function recordsOf({ input: { facts = {} } }: Fixture) {
  const { employmentStatus, isStudent, isEmployerInsured, employerInsurances, currentEnrolments, hasAppliedForCard, cardAppliedIn } = facts
  return JSON.parse(JSON.stringify({
    employmentStatus, student: isStudent, employerInsured: isEmployerInsured, employerInsurances, currentEnrolments,
    cardApplied: hasAppliedForCard, cardAppliedIn
  })) as object
}

/** A number of the same kind that nobody else has: birth date and sex stay readable from it. */
function numberLike({ idNumber, birthDate, sex }: any, index: number): string {
  if (!/^\d{17}[\dX]$/.test(idNumber)) return idNumber.slice(0, -3) + String(700 + index)
  const sequence = 700 + index * 2 + (sex === 'male' ? 1 : 0)
  return withCheckDigit(`${idNumber.slice(0, 6)}${birthDate.replaceAll('-', '')}${sequence}`)
}
