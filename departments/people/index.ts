import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { normaliseIdNumber } from '../../core/id-numbers.ts'
import type { DemoPerson, Licence, Person, Records, StaffAccount } from './types.ts'

export type { DemoPerson, Licence, Person, Records, StaffAccount } from './types.ts'

/** The demo people: whoever is not among them is unknown to identity and data sharing. */
export interface People {
  readonly citizens: readonly DemoPerson[]
  readonly staff: readonly StaffAccount[]
  byAccount(account: string): DemoPerson | undefined
  staffByAccount(account: string): StaffAccount | undefined
  byIdNumber(idNumber: string): DemoPerson | undefined
}

const STAFF = 'staff.json'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

type Documented = Pick<Person, 'idType' | 'idNumber' | 'householdDivision'>

interface FileEntry {
  readonly account: string
  readonly region: string
  /** What the person stands for, in Chinese; for whoever reads the file. */
  readonly situation?: string
  /** `isRegistered: false`: may log in, but stands in no public register. */
  readonly person: Person & { readonly isRegistered?: boolean }
  readonly records?: Partial<Records>
}

/**
 * Reads the demo people and the staff that the regions below `root` (the repository unless told otherwise) bring in
 * `regions/<region>/people.json` and `staff.json`, the staff of no region, and the citizens in the .json files of `folder`. Its
 * `staff.json` is read anew for each account that is in none of them: staff, and groups, come while the stand-ins run.
 */
export function readPeople(folder?: string, root: string = ROOT): People {
  const all = [...ofRegions<FileEntry>(root, 'people.json'), ...furtherEntries(folder)]
  const citizens = all.map(complete)
  const byAccount = new Map(citizens.map(one => [one.account, one]))
  const registered = citizens.filter((_, index) => all[index]?.person.isRegistered !== false)
  const byIdNumber = new Map(registered.map(one => [one.person.idNumber, one]))
  const staff = [...readJson<StaffAccount[]>(new URL(STAFF, import.meta.url)), ...ofRegions<StaffAccount>(root, STAFF)]
  const named = (account: string) => (one: StaffAccount): boolean => one.account === account
  return {
    citizens, staff,
    byAccount: account => byAccount.get(account),
    staffByAccount: account => staff.find(named(account)) ?? furtherStaff(folder).find(named(account)),
    byIdNumber: idNumber => byIdNumber.get(normaliseIdNumber(idNumber))
  }
}

/** Every account there is, citizens first. */
export function loadPeople(folder?: string, root?: string): readonly (DemoPerson | StaffAccount)[] {
  const { citizens, staff } = readPeople(folder, root)
  return [...citizens, ...staff]
}

/** What is true of a person unless the records say otherwise: a flexible worker in no insurance, without a card. */
export function completeRecords(person: Documented, records: Partial<Records>): Records {
  return {
    employmentStatus: 'flexible',
    student: false,
    employerInsured: false,
    employerInsurances: [],
    currentEnrolments: [],
    cardApplied: false,
    cardAppliedIn: [],
    retirement: { isRetired: false, since: null },
    isArchiveHeld: false,
    debitFails: false,
    ...records,
    licences: [...papersOf(person), ...records.licences ?? []]
  }
}

function complete({ account, region, person: { isRegistered: _, ...person }, records = {} }: FileEntry): DemoPerson {
  return { account, region, person, records: completeRecords(person, records) }
}

function ofRegions<T>(root: string, file: string): T[] {
  const folder = join(root, 'regions')
  const files = readdirSync(folder).sort().map(region => join(folder, region, file)).filter(path => existsSync(path))
  return files.flatMap(path => readJson<T[]>(pathToFileURL(path)))
}

function furtherEntries(folder: string | undefined): FileEntry[] {
  if (folder === undefined || !existsSync(folder)) return []
  const names = readdirSync(folder).filter(name => name.endsWith('.json') && name !== STAFF).sort()
  return names.flatMap(name => readJson<FileEntry[]>(new URL(name, `${pathToFileURL(folder)}/`)))
}

function furtherStaff(folder: string | undefined): StaffAccount[] {
  if (folder === undefined || !existsSync(join(folder, STAFF))) return []
  return readJson<StaffAccount[]>(pathToFileURL(join(folder, STAFF)))
}

/** The papers that everybody with a household on the mainland has. */
function papersOf({ idType, idNumber, householdDivision }: Documented): Licence[] {
  if (idType !== 'resident-id' || householdDivision === undefined) return []
  const paper = { issuedAt: '2019-06-18', issuer: '公安机关' }
  const bookNumber = `${householdDivision.slice(0, 6)}${idNumber.slice(8, 17)}`
  return [
    { type: 'resident-id', name: '居民身份证', number: idNumber, validUntil: '2039-06-18', ...paper },
    { type: 'household-register', name: '居民户口簿', number: bookNumber, ...paper }
  ]
}

function readJson<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
