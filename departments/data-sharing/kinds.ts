import type { Knex } from 'knex'
import { checkPerson, normaliseName, readPerson } from '../common/person-check.ts'
import type { PersonFields } from '../common/person-check.ts'
import type { Fields, Kind, Work } from '../common/types.ts'
import { completeRecords } from '../people/index.ts'
import type { Licence, People, Person, Records } from '../people/index.ts'
import { gatherEnrolments } from './registers.ts'
import type { Registers } from './registers.ts'

export interface KnownPerson {
  readonly person: Pick<Person, 'name' | 'idType' | 'idNumber'> & Partial<Person>
  readonly records: Records
}

/** What the public data platform answers. Somebody else's number with a wrong name is told nothing. */
export function dataSharingKinds(people: People, registers: Registers): Readonly<Record<string, Kind>> {
  const question = (answer: (known: KnownPerson, licences: readonly Licence[], gathered: unknown) => Fields): Kind => ({
    isQuery: true,
    gather: fields => gatherEnrolments(registers, fields),
    async handle(work) {
      const asked = readPerson(work.fields)
      const known = people.byIdNumber(asked.idNumber) ?? await findAdded(work.db, asked.idNumber)
      if (!known) return { result: { matches: false, isKnown: false } }
      if (!isSame(asked, known)) return { result: { matches: false, isKnown: true } }
      return { result: { matches: true, isKnown: true, ...answer(known, wanted(work, known.records), work.gathered) } }
    }
  })
  return {
    'person-verification': question(describe),
    licences: question((_, licences) => ({ licences }))
  }
}

function isSame(asked: PersonFields, { person, records }: KnownPerson): boolean {
  return asked.idType === person.idType && asked.name === normaliseName(records.registeredName ?? person.name)
}

function wanted({ fields }: Work, { licences }: Records): readonly Licence[] {
  const types = fields.types as readonly string[] | undefined
  return types ? licences.filter(({ type }) => types.includes(type)) : licences
}

function describe({ person, records }: KnownPerson, licences: readonly Licence[], gathered: unknown): Fields {
  const { employmentStatus, student, employerInsured, employerInsurances } = records
  const currentEnrolments = [...new Set([...records.currentEnrolments, ...gathered as readonly string[]])]
  const { cardApplied, cardAppliedIn, retirement } = records
  const livesThere = livesWithPermission(person, records)
  return {
    household: placeOf(person.householdDivision, person.householdAddress),
    residence: livesThere ? placeOf(person.residenceDivision, person.residenceAddress) : null,
    employmentStatus, student, employerInsured, employerInsurances, currentEnrolments,
    cardApplied, cardAppliedIn, retirement, licences
  }
}

/** The police know where somebody lives who lives at the household, or has a paper for another place. */
function livesWithPermission(person: KnownPerson['person'], { licences }: Records): boolean {
  const { idType, householdDivision, residenceDivision } = person
  return householdDivision === residenceDivision || idType === 'hmt-residence-permit' ||
    licences.some(({ type }) => type === 'residence-permit' || type === 'overseas-lodging-registration')
}

function placeOf(division: string | undefined, address = ''): { division: string; address: string } | null {
  return division === undefined ? null : { division, address }
}

/** People added for a load test or a rehearsal. */
export const addedPeopleTable =
  'CREATE TABLE IF NOT EXISTS added_person (id_number TEXT PRIMARY KEY, content TEXT NOT NULL)'

interface NewPerson {
  readonly person: Fields
  readonly records?: Partial<Records>
}

/**
 * Adds people, or replaces those of the same number; answers how many.
 * @throws AppError FORM_INVALID for a wrong number
 */
export async function addPeople(db: Knex, people: readonly NewPerson[]): Promise<number> {
  const rows = people.map(({ person, records = {} }) => {
    const { idNumber } = checkPerson(person)
    const known = { ...person, idNumber } as unknown as KnownPerson['person']
    const content: KnownPerson = { person: known, records: completeRecords({ ...known }, records) }
    return { id_number: idNumber, content: JSON.stringify(content) }
  })
  await db.transaction(async trx => {
    for (const row of rows) await trx('added_person').insert(row).onConflict('id_number').merge()
  })
  return rows.length
}

async function findAdded(db: Knex, idNumber: string): Promise<KnownPerson | undefined> {
  const row = await db('added_person').where({ id_number: idNumber }).first('content')
  return row && JSON.parse(row.content) as KnownPerson
}
