import type { IdType, Sex } from '../../core/id-numbers.ts'

/** What the identity system knows of a citizen; goes to the applicant's form as it stands. */
export interface Person {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly sex: Sex
  /** YYYY-MM-DD. */
  readonly birthDate: string
  /** GB/T 3304; absent for people who are not Chinese citizens of the mainland. */
  readonly ethnicity?: string
  /** GB/T 4762. */
  readonly politicalStatus?: string
  readonly mobile: string
  readonly postalCode?: string
  /** GB/T 2260, 12 digits; absent without a household on the mainland. */
  readonly householdDivision?: string
  readonly householdAddress?: string
  readonly residenceDivision: string
  readonly residenceAddress: string
}

export interface Licence {
  readonly type: string
  readonly name: string
  readonly number: string
  /** YYYY-MM-DD. */
  readonly issuedAt: string
  readonly validUntil?: string | null
  readonly issuer?: string
  /** Grade of a disability, 一级 is the severest. */
  readonly level?: string | null
}

/** What the departments and the public data platform know of a person. */
export interface Records {
  readonly employmentStatus: 'flexible' | 'unemployed' | 'employed'
  readonly student: boolean
  /** An employer now pays employee-pension or employee-medical. */
  readonly employerInsured: boolean
  readonly employerInsurances: readonly string[]
  readonly currentEnrolments: readonly string[]
  readonly cardApplied: boolean
  /** Province codes. */
  readonly cardAppliedIn: readonly string[]
  readonly retirement: { readonly isRetired: boolean; readonly since: string | null }
  readonly licences: readonly Licence[]
  /** The name in the public registers where it is still another one. */
  readonly registeredName?: string
  /** The unit that holds the personal file does not let it go. */
  readonly isArchiveHeld: boolean
  /** The account has not enough money for a debit. */
  readonly debitFails: boolean
}

export interface DemoPerson {
  readonly account: string
  readonly region: string
  readonly person: Person
  readonly records: Records
}

export type StaffRole = 'window' | 'clerk' | 'designer' | 'supervisor' | 'auditor' | 'admin'

export interface StaffAccount {
  readonly account: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  readonly region: string | null
  readonly department: string | null
  /** Null: the whole region. */
  readonly division: string | null
}
