import type { RawFacts } from './facts.ts'
import type { DepartmentReply, Reason, StepHandler, StepInput } from './matter.ts'
import { verified } from './matter.ts'

/** What the public data platform holds of a person, as far as a verification may see it. */
export interface PersonRecords {
  /** Name and number belong together. */
  readonly matches: boolean
  readonly student: boolean
  readonly employerInsurances: readonly string[]
  readonly currentEnrolments: readonly string[]
  readonly cardApplied: boolean
  /** Province codes. */
  readonly cardAppliedIn: readonly string[]
  readonly isRetired: boolean
  /** Division of the household register, '' when there is none. */
  readonly household: string
  readonly residence: string
  readonly licences: readonly { readonly type: string, readonly level: string }[]
}

/** One comparison of the application with the records: a doubt for a person to look at, or null. */
export type Check = (records: PersonRecords, input: StepInput) => Reason | null

/** Reads a `person-verification`; what is missing counts as "no", so an empty reply leaves the identity in doubt. */
export function readRecords({ result }: DepartmentReply): PersonRecords {
  const texts = (given: unknown): string[] => Array.isArray(given) ? given.filter(one => typeof one === 'string') : []
  const part = (given: unknown): Record<string, unknown> => typeof given === 'object' && given !== null ? { ...given } : {}
  return {
    matches: result['matches'] === true,
    student: result['student'] === true,
    employerInsurances: texts(result['employerInsurances']),
    currentEnrolments: texts(result['currentEnrolments']),
    cardApplied: result['cardApplied'] === true,
    cardAppliedIn: texts(result['cardAppliedIn']),
    isRetired: part(result['retirement'])['isRetired'] === true,
    household: String(part(result['household'])['division'] ?? ''),
    residence: String(part(result['residence'])['division'] ?? ''),
    licences: (Array.isArray(result['licences']) ? result['licences'] : [])
      .map(one => ({ type: String(part(one)['type'] ?? ''), level: String(part(one)['level'] ?? '') }))
  }
}

const FLAGS = { student: 'isStudent', employerInsured: 'isEmployerInsured', cardApplied: 'hasAppliedForCard' } as const
const LISTS = ['employerInsurances', 'currentEnrolments', 'cardAppliedIn'] as const

/** The facts that a `person-verification` tells. What it leaves out stays unknown, and of somebody not confirmed all does. */
export function readFacts({ result }: DepartmentReply): RawFacts {
  if (result['matches'] !== true) return {}
  const household = (result['household'] as { division?: unknown } | null | undefined)?.division
  const flags = Object.entries(FLAGS).filter(([name]) => typeof result[name] === 'boolean').map(([name, fact]) => [fact, result[name]])
  const lists = LISTS.filter(name => Array.isArray(result[name])).map(name => [name, result[name]])
  return {
    ...(typeof household === 'string' && { householdDivision: household }),
    ...(typeof result['employmentStatus'] === 'string' && { employmentStatus: result['employmentStatus'] as RawFacts['employmentStatus'] }),
    ...Object.fromEntries([...flags, ...lists])
  }
}

/**
 * The identity of the applicant and the kinds of licence to look for: all that the platform is told. Where `steps.json` hands out
 * an instant `asOf`, the enrolments that the departments have registered until then are asked for as well.
 */
export function identityBody({ name, idType, idNumber, asOf }: StepInput['fields'], types: readonly string[] = []) {
  return { name, idType, idNumber, types, ...(asOf === undefined ? {} : { asOf }) }
}

/**
 * A step `verify`: asks the public data platform about the applicant and compares. A person that it does not know, or
 * under another name, is in doubt without further questions; no answer at all is `unavailable`.
 */
export function verifyBy(checks: readonly Check[], types: readonly string[] = []): StepHandler {
  return async (input, { ask }) => {
    const reply = await ask('person-verification', identityBody(input.fields, types))
    return { ...verified(reply && doubtsOf(readRecords(reply), input, checks)), ...(reply && { facts: readFacts(reply) }) }
  }
}

/** The doubts that the checks raise; of a person who is not confirmed nothing else is known. */
export function doubtsOf(records: PersonRecords, input: StepInput, checks: readonly Check[]): Reason[] {
  if (!records.matches) return [{ code: 'IDENTITY_NOT_CONFIRMED', message: '姓名、证件号码与公共数据平台的登记不一致，须由工作人员核实。' }]
  return checks.map(check => check(records, input)).filter(reason => reason !== null)
}

/** An employer pays one of these insurances now (names as in `employerInsurances`). */
export function employerPays(...insurances: readonly string[]): Check {
  return ({ employerInsurances }) => employerInsurances.some(one => insurances.some(insurance => one.includes(insurance)))
    ? { code: 'INSURED_BY_EMPLOYER', message: '用人单位正在为申请人缴纳社会保险，须由工作人员核实。' }
    : null
}

/** Is in one of these insurances already. */
export function isEnrolled(...enrolments: readonly string[]): Check {
  return ({ currentEnrolments }) => enrolments.some(one => currentEnrolments.includes(one))
    ? { code: 'ALREADY_ENROLLED', message: '申请人已有在保的相关险种，能否登记须由工作人员核实。' }
    : null
}

/** Any enrolment that goes on, by whomever it was made; 商业保险 is not known to the platform. */
export const isInsuredAtAll: Check = records => records.currentEnrolments.length || records.employerInsurances.length
  ? { code: 'ALREADY_ENROLLED', message: '申请人有正在进行的社会保险或医疗保险参保，须由工作人员核实。' }
  : null

/** Is in none of these insurances, so there is nothing to change. */
export function isNotEnrolled(...enrolments: readonly string[]): Check {
  return ({ currentEnrolments }) => enrolments.some(one => currentEnrolments.includes(one))
    ? null
    : { code: 'NOT_ENROLLED', message: '没有查到申请人在保的记录，须由工作人员核实。' }
}

export const isStudent: Check = ({ student }) => student
  ? { code: 'IS_STUDENT', message: '申请人登记为在校学生，须由工作人员核实。' }
  : null

export const isRetired: Check = records => records.isRetired
  ? { code: 'AGE_NOT_MET', message: '申请人登记为已退休，须由工作人员核实。' }
  : null

export const hasAppliedForCard: Check = ({ cardApplied }) => cardApplied
  ? { code: 'CARD_ALREADY_APPLIED', message: '申请人曾提交过社会保障卡制卡申请，须由工作人员核实。' }
  : null

/** Has a card of this province already; one of another province is none. */
export function hasAppliedForCardIn(province: string): Check {
  return ({ cardAppliedIn }) => cardAppliedIn.some(code => code.slice(0, 2) === province.slice(0, 2))
    ? { code: 'CARD_ALREADY_APPLIED', message: '申请人曾在本省（自治区）申领过社会保障卡，须由工作人员核实。' }
    : null
}

/** The household register lies in another province; without one (港澳台, foreigners) the residence counts. */
export function isHouseholdOutside(province: string): Check {
  return ({ household, residence }) => (household || residence).startsWith(province) || !(household || residence)
    ? null
    : { code: 'HOUSEHOLD_NOT_MET', message: '登记的户籍（居住地）不在本地区，须由工作人员核实。' }
}

/**
 * Insured away from the household register: the platform must know a residence permit (notice, 五). Where the step is not told the
 * place of insurance, somebody of this province counts as insured at the household.
 */
export function lacksResidencePermit(province: string): Check {
  return ({ household, licences }, { fields: { insuredPlace } }) => {
    const isAtHousehold = insuredPlace ? isInCounty(insuredPlace, household) : household.startsWith(province)
    return !household || isAtHousehold || licences.some(({ type }) => type === 'residence-permit')
      ? null
      : { code: 'HOUSEHOLD_NOT_MET', message: '不在户籍地参保，没有查到居住证，须由工作人员核验材料。' }
  }
}

/** 申请人应在户籍地或居住地参保 (notice, 四（一）4（2）): the place of insurance is neither, as far as a residence is registered. */
export const isInsuredElsewhere: Check = ({ household, residence }, { fields: { insuredPlace } }) =>
  !insuredPlace || !residence || isInCounty(insuredPlace, household) || isInCounty(insuredPlace, residence)
    ? null
    : { code: 'HOUSEHOLD_NOT_MET', message: '参保地既不是登记的户籍地，也不是登记的居住地，须由工作人员核实。' }

function isInCounty(place: unknown, division: string): boolean {
  return String(place).slice(0, 6) === division.slice(0, 6)
}
