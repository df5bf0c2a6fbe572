import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TestPerson {
  readonly account: string
  readonly name: string
  readonly roles: readonly string[]
  readonly region: string
  readonly person: Readonly<Record<string, unknown>>
  readonly records?: Readonly<Record<string, unknown>>
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const GIVEN = '安宁平远清明文书山海林川晨阳雨雪春秋'

/** The eighteenth character of a citizen's number (GB 11643): weights over seventeen digits, modulo 11. */
export function withCheckDigit(seventeen: string): string {
  const sum = [...seventeen].reduce((total, digit, index) => total + Number(digit) * WEIGHTS[index]!, 0)
  return seventeen + '10X98765432'[sum % 11]
}

const HERE = '450103001001'

interface Making {
  /** Accounts are `<prefix>-1`, `<prefix>-2` … */
  readonly prefix?: string
  /** Keeps the numbers of several groups apart. */
  readonly first?: number
  readonly records?: TestPerson['records']
  /** False: may sign in, but stands in no public register, so that a person must look at each case. */
  readonly isRegistered?: boolean
  /** Where household and home are. */
  readonly division?: string
}

/** Adults of Nanning in no insurance unless `records` say otherwise, one account each. */
export function makePeople(count: number, { prefix = 'e2e', first = 0, records = {}, isRegistered = true, division = HERE }: Making = {}): TestPerson[] {
  return Array.from({ length: count }, (_, order) => {
    const index = first + order
    const birthDate = `${1980 + (index % 20)}-0${1 + (index % 9)}-1${index % 10}`
    const isMale = index % 2 === 1
    const sequence = String(500 + Math.floor(index / 2) * 2 + (isMale ? 1 : 0)).slice(-3)
    const district = String(450101 + Math.floor(index / 400))
    const idNumber = withCheckDigit(`${district}${birthDate.replaceAll('-', '')}${sequence}`)
    const name = `韦${GIVEN[index % GIVEN.length]}${GIVEN[Math.floor(index / GIVEN.length) % GIVEN.length]}`
    return {
      account: `${prefix}-${order + 1}`, name, records, roles: ['citizen'], region: 'guangxi',
      person: {
        name, idType: 'resident-id', idNumber, sex: isMale ? 'male' : 'female', birthDate, ethnicity: '08',
        mobile: `139${String(10000000 + index)}`, householdDivision: division, residenceDivision: division,
        residenceAddress: `测试路${index + 1}号`, isRegistered
      }
    }
  })
}

/** An account of staff as the identity server hands it out. */
export interface TestStaff {
  readonly account: string
  readonly name: string
  readonly roles: readonly string[]
  readonly region: string
  readonly department: string
  readonly division: string | null
}

/** Gives accounts to staff while the identity server runs, as its administrator would. */
export function writeStaff(dataDir: string, staff: readonly TestStaff[]): void {
  writeFileSync(join(dataDir, 'people', 'staff.json'), JSON.stringify(staff))
}

/** Puts people where the stand-ins of identity and data sharing look for more than the demonstration's own. */
export function writePeople(dataDir: string, people: readonly TestPerson[]): void {
  mkdirSync(join(dataDir, 'people'), { recursive: true })
  writeFileSync(join(dataDir, 'people', 'test.json'), JSON.stringify(people))
}
