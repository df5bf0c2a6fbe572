import { createHash, timingSafeEqual } from 'node:crypto'
import type { Account } from 'oidc-provider'
import type { DemoPerson, People, StaffAccount } from '../people/index.ts'
import type { StaffRole } from '../people/types.ts'

export interface Accounts {
  /** The account's id when account and password are right. Takes the same time whether the account exists or not. */
  verify(account: string, password: string): string | undefined
  find(account: string): Account | undefined
  /** Accounts for everyday roles, one line for each region, in Chinese. */
  readonly listed: readonly string[]
}

/** The demo accounts, all with one password that exists in development only. */
export function createAccounts(people: People, password: string): Accounts {
  const expected = digest(password)
  return {
    verify(account, given) {
      const isRight = timingSafeEqual(digest(given), expected)
      const isKnown = people.byAccount(account) !== undefined || people.staffByAccount(account) !== undefined
      return isRight && isKnown && password !== '' ? account : undefined
    },
    find(account) {
      const citizen = people.byAccount(account)
      const clerk = people.staffByAccount(account)
      const claims = citizen ? citizenClaims(citizen) : clerk && staffClaims(clerk)
      return claims && { accountId: account, claims: () => ({ sub: account, ...claims }) }
    },
    listed: listByRegion(people)
  }
}

function listByRegion({ citizens, staff }: People): string[] {
  return [...new Set(staff.flatMap(({ region }) => region ?? []))].map(region => {
    const applicants = citizens.filter(one => one.region === region).map(({ account }) => account)
      .filter(account => /^citizen-[a-z]+-\d+$/.test(account))
    const ours = staff.filter(one => one.region === region)
    const named = (role: StaffRole) => ours.filter(({ roles }) => roles.includes(role)).map(({ account }) => account).join('、')
    return `申请人 ${applicants[0]} 至 ${applicants.at(-1)}；窗口 ${named('window')}；经办 ${named('clerk')}。`
  })
}

type Claims = Readonly<Record<string, unknown>>

function citizenClaims({ region, person }: DemoPerson): Claims {
  return { name: person.name, roles: ['citizen'], region, department: null, division: null, person }
}

function staffClaims({ name, roles, region, department, division }: StaffAccount): Claims {
  return { name, roles, region, department, division, person: null }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
