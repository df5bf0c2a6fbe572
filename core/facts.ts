import { ageOn, isDate } from './dates.ts'
import { isBelowRetirementAge } from './retirement.ts'

export type IdType = 'resident-id' | 'hmt-residence-permit' | 'foreign-permanent-residence' | 'passport'
  | 'hm-travel-permit' | 'tw-travel-permit' | 'social-security-card' | 'household-book' | 'temporary-id' | 'exit-entry' | 'other'

export type Enrolment = 'employee-pension' | 'resident-pension' | 'institution-pension'
  | 'employee-medical' | 'resident-medical' | 'institution-medical'

/**
 * What is known of a person. Every fact may be absent: that is "unknown", while `[]` is "known that there is
 * none".
 */
export interface RawFacts {
  readonly birthDate?: string
  readonly sex?: 'male' | 'female'
  readonly idType?: IdType
  readonly employmentStatus?: 'flexible' | 'unemployed' | 'employed'
  /** GB/T 2260, 12 digits. */
  readonly householdDivision?: string
  readonly residenceDivision?: string
  readonly isStudent?: boolean
  /** An employer now pays employee pension or employee medical insurance; work injury alone is false. */
  readonly isEmployerInsured?: boolean
  readonly employerInsurances?: readonly string[]
  readonly currentEnrolments?: readonly Enrolment[]
  /** Anywhere in the country. */
  readonly hasAppliedForCard?: boolean
  /** Province codes. */
  readonly cardAppliedIn?: readonly string[]
  readonly changesNameOrIdNumber?: boolean
  readonly hasSpecialPayment?: boolean
  readonly medicalAction?: 'enrol' | 'change'
}

export type Answer = 'yes' | 'no' | 'unknown'

/** `hmt-no-permit`: from Hong Kong, Macao or Taiwan, but shows a travel permit instead of the residence permit. */
export type Household = 'region' | 'other' | 'hmt' | 'hmt-no-permit' | 'foreign' | 'unknown'

/** What the decision tables see: finite values that name nobody. "unknown" is a value, never an absence. */
export interface ImpersonalFacts {
  readonly isAtLeast16: Answer
  readonly sex: 'male' | 'female' | 'unknown'
  readonly isBelowRetirementAge: Answer | 'depends'
  readonly idType: IdType | 'unknown'
  readonly household: Household
  readonly residence: 'region' | 'other' | 'unknown'
  readonly livesAtHousehold: Answer
  readonly employmentStatus: 'flexible' | 'unemployed' | 'employed' | 'unknown'
  readonly isStudent: Answer
  readonly isEmployerInsured: Answer
  readonly hasEmployerPension: Answer
  readonly hasEmployerMedical: Answer
  readonly enrolledResidentPension: Answer
  readonly enrolledEmployeePension: Answer
  readonly enrolledInstitutionPension: Answer
  readonly enrolledResidentMedical: Answer
  readonly enrolledEmployeeMedical: Answer
  readonly enrolledInstitutionMedical: Answer
  readonly hasAppliedForCard: Answer
  readonly hasAppliedForRegionCard: Answer
  readonly changesNameOrIdNumber: Answer
  readonly hasSpecialPayment: Answer
  readonly medicalAction: 'enrol' | 'change' | 'unknown'
}

const ID_TYPES: readonly IdType[] = ['resident-id', 'hmt-residence-permit', 'foreign-permanent-residence', 'passport',
  'hm-travel-permit', 'tw-travel-permit', 'social-security-card', 'household-book', 'temporary-id', 'exit-entry',
  'other']
/** First two digits of GB/T 2260 of the mainland: only its residents have a 户籍. */
const MAINLAND = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/

/**
 * Turns what is known of a person into what the tables may see. `today` is the business date in Asia/Shanghai,
 * `region.code` the six digits of the region. Two facts that contradict each other count as unknown: a person has
 * to look.
 */
export function impersonalFacts(raw: RawFacts, today: string, region: { readonly code: string }): ImpersonalFacts {
  const birthDate = isDate(raw.birthDate) && raw.birthDate <= today ? raw.birthDate : undefined
  const sex = oneOf(['male', 'female'] as const, raw.sex)
  return {
    isAtLeast16: birthDate === undefined ? 'unknown' : yesNo(ageOn(today, birthDate) >= 16),
    sex,
    isBelowRetirementAge: birthDate === undefined ? 'unknown' : retirementStanding(birthDate, sex, today),
    idType: oneOf(ID_TYPES, raw.idType),
    household: householdOf(raw, region.code),
    residence: placeOf(raw.residenceDivision, region.code),
    livesAtHousehold: sameCounty(raw.householdDivision, raw.residenceDivision),
    employmentStatus: oneOf(['flexible', 'unemployed', 'employed'] as const, raw.employmentStatus),
    isStudent: yesNo(raw.isStudent),
    ...employerFacts(raw),
    ...enrolmentFacts(raw.currentEnrolments),
    ...cardFacts(raw, region.code),
    changesNameOrIdNumber: yesNo(raw.changesNameOrIdNumber),
    hasSpecialPayment: yesNo(raw.hasSpecialPayment),
    medicalAction: oneOf(['enrol', 'change'] as const, raw.medicalAction)
  }
}

/**
 * Women whom local practice holds to the original age of 50 are a matter for a person: between 50 and 55 it
 * depends.
 */
function retirementStanding(birthDate: string, sex: ImpersonalFacts['sex'], today: string): Answer | 'depends' {
  const isBelow = {
    man: isBelowRetirementAge(today, 'male60', birthDate),
    woman: isBelowRetirementAge(today, 'female55', birthDate),
    womanAt50: isBelowRetirementAge(today, 'female50', birthDate)
  }
  if (sex === 'male') return yesNo(isBelow.man)
  if (isBelow.womanAt50) return 'yes'
  if (sex === 'female') return isBelow.woman ? 'depends' : 'no'
  return isBelow.man ? 'unknown' : 'no'
}

function yesNo(value: boolean | undefined): Answer {
  return value === true ? 'yes' : value === false ? 'no' : 'unknown'
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | 'unknown' {
  return values.find(one => one === value) ?? 'unknown'
}

/** The kind of document decides for those who have no 户籍; everybody else is where the household register says. */
function householdOf(raw: RawFacts, regionCode: string): Household {
  if (raw.idType === 'hmt-residence-permit') return 'hmt'
  if (raw.idType === 'hm-travel-permit' || raw.idType === 'tw-travel-permit') return 'hmt-no-permit'
  if (raw.idType === 'foreign-permanent-residence') return 'foreign'
  return placeOf(raw.householdDivision, regionCode)
}

function isPlace(division: unknown): division is string {
  return typeof division === 'string' && /^\d{6,12}$/.test(division) && MAINLAND.test(division)
}

function placeOf(division: string | undefined, regionCode: string): 'region' | 'other' | 'unknown' {
  if (!isPlace(division)) return 'unknown'
  return division.slice(0, 2) === regionCode.slice(0, 2) ? 'region' : 'other'
}

/**
 * Whether two places (GB/T 2260) lie in one county; "unknown" unless both are told. Of a household in the county of the home
 * nothing beside its register proves the home.
 */
export function sameCounty(one: unknown, other: unknown): Answer {
  return isPlace(one) && isPlace(other) ? yesNo(one.slice(0, 6) === other.slice(0, 6)) : 'unknown'
}

/** Told only that an employer pays, either insurance may be meant, so both count. */
function employerFacts(
  raw: RawFacts
): Pick<ImpersonalFacts, 'isEmployerInsured' | 'hasEmployerPension' | 'hasEmployerMedical'> {
  const told = yesNo(raw.isEmployerInsured)
  const list = raw.employerInsurances
  if (!list) return { isEmployerInsured: told, hasEmployerPension: told, hasEmployerMedical: told }
  const pension = list.some(one => /pension|养老/.test(one))
  const medical = list.some(one => /medical|医疗|医保/.test(one))
  const listed = yesNo(pension || medical)
  if (told !== 'unknown' && told !== listed) {
    return { isEmployerInsured: 'unknown', hasEmployerPension: 'unknown', hasEmployerMedical: 'unknown' }
  }
  return { isEmployerInsured: listed, hasEmployerPension: yesNo(pension), hasEmployerMedical: yesNo(medical) }
}

function enrolmentFacts(enrolments: readonly Enrolment[] | undefined) {
  const holds = (enrolment: Enrolment): Answer => yesNo(enrolments?.includes(enrolment))
  return {
    enrolledResidentPension: holds('resident-pension'),
    enrolledEmployeePension: holds('employee-pension'),
    enrolledInstitutionPension: holds('institution-pension'),
    enrolledResidentMedical: holds('resident-medical'),
    enrolledEmployeeMedical: holds('employee-medical'),
    enrolledInstitutionMedical: holds('institution-medical')
  }
}

function cardFacts(
  raw: RawFacts, regionCode: string
): Pick<ImpersonalFacts, 'hasAppliedForCard' | 'hasAppliedForRegionCard'> {
  const told = yesNo(raw.hasAppliedForCard)
  const list = raw.cardAppliedIn
  if (!list) return { hasAppliedForCard: told, hasAppliedForRegionCard: told === 'no' ? 'no' : 'unknown' }
  const listed = yesNo(list.length > 0)
  if (told !== 'unknown' && told !== listed) return { hasAppliedForCard: 'unknown', hasAppliedForRegionCard: 'unknown' }
  const here = list.some(code => code.slice(0, 2) === regionCode.slice(0, 2))
  return { hasAppliedForCard: listed, hasAppliedForRegionCard: yesNo(here) }
}
