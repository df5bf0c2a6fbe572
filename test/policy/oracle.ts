/**
 * What the Guangxi notice says, written a second time from its text and from raw facts. It shares nothing with the
 * tables, nor with core/facts.ts: where the two differ, one of them has misread the notice. Sections are those of
 * the 办事指南.
 */
import type { RawFacts } from '../../core/facts.ts'

export type Finding = 'met' | 'not-met' | 'ask-a-person' | 'not-told'
export type Verdict = 'eligible' | 'ineligible' | 'unknown'
export interface Case {
  readonly facts: RawFacts
  readonly channel: 'online' | 'window' | 'platform'
  readonly today: string
  /** The application also registers an insurance. */
  readonly alsoRegisters: boolean
}

type Condition = (one: Case) => Finding[]

export const MATTERS = ['archive-transfer', 'resident-pension', 'flexible-pension', 'social-security-card', 'resident-medical',
  'resident-medical-change', 'flexible-medical', 'flexible-medical-change', 'contribution'] as const
export type MatterSlug = typeof MATTERS[number]

/** 四（一）3、4 注意 and 选办说明 1–4: these four and no others. */
export const EXCLUSIONS: readonly (readonly [MatterSlug, MatterSlug])[] = [
  ['resident-pension', 'flexible-pension'], ['resident-medical', 'flexible-medical'],
  ['resident-medical', 'resident-medical-change'], ['flexible-medical', 'flexible-medical-change']
]

/** 六（二）: working days online and at the window, 0 = 即时办结. */
export const PROMISES: Readonly<Record<MatterSlug, readonly [number, number]>> = {
  'archive-transfer': [2, 0], 'resident-pension': [3, 8], 'flexible-pension': [0, 0], 'social-security-card': [5, 5],
  'resident-medical': [0, 0], 'resident-medical-change': [0, 0], 'flexible-medical': [0, 0], 'flexible-medical-change': [0, 0],
  contribution: [0, 0]
}

/** The verdict, and whether anything was not told that would be needed for it. */
export function judge(matter: MatterSlug, one: Case): { status: Verdict; isComplete: boolean } {
  const findings = [flexibleWorkerOfGuangxi, ...CONDITIONS[matter]].flatMap(condition => condition(one))
  if (findings.includes('not-met')) return { status: 'ineligible', isComplete: true }
  return { status: findings.every(finding => finding === 'met') ? 'eligible' : 'unknown', isComplete: !findings.includes('not-told') }
}

// --- who the person is -------------------------------------------------------------------------------------------------

const GUANGXI = '45'
const isPlace = (division?: string): division is string => division !== undefined && division < '7'
const inGuangxi = (division?: string) => isPlace(division) ? division.startsWith(GUANGXI) : undefined

/** Whose register the person stands in: a 户籍 of the mainland, or none at all. */
export function origin({ idType, householdDivision }: RawFacts) {
  if (idType === 'hmt-residence-permit') return 'hmt'
  if (idType === 'hm-travel-permit' || idType === 'tw-travel-permit') return 'hmt without permit'
  if (idType === 'foreign-permanent-residence') return 'foreigner'
  const isLocal = inGuangxi(householdDivision)
  return isLocal === undefined ? undefined : isLocal ? 'guangxi' : 'other province'
}

function ageReached(birthDate: string, years: number, months: number, today: string): boolean {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  const count = year * 12 + month - 1 + years * 12 + months
  const last = new Date(Date.UTC(Math.floor(count / 12), count % 12 + 1, 0)).getUTCDate()
  return Date.UTC(Math.floor(count / 12), count % 12, Math.min(day, last)) <= Date.parse(today)
}

/** 渐进式延迟: from `firstYear`-01 on, one more month for each `step` months of birth begun, at most `most`. */
function retired(birthDate: string, today: string, [years, firstYear, step, most]: readonly [number, number, number, number]): boolean {
  const begun = (Number(birthDate.slice(0, 4)) - firstYear) * 12 + Number(birthDate.slice(5, 7))
  return ageReached(birthDate, years, Math.min(most, Math.ceil(Math.max(0, begun) / step)), today)
}

/** What an employer pays for now; undefined when it is not told or the two answers disagree. */
function employerPays({ isEmployerInsured, employerInsurances }: RawFacts, insurance: 'pension' | 'medical' | 'either') {
  if (!employerInsurances) return isEmployerInsured
  const pension = employerInsurances.includes('employee-pension')
  const medical = employerInsurances.includes('employee-medical')
  if (isEmployerInsured !== undefined && isEmployerInsured !== (pension || medical)) return undefined
  return insurance === 'pension' ? pension : insurance === 'medical' ? medical : pension || medical
}

// --- conditions --------------------------------------------------------------------------------------------------------

const must = (fact: boolean | undefined): Finding => fact === undefined ? 'not-told' : fact ? 'met' : 'not-met'
const doubtIf = (fact: boolean | undefined): Finding => fact === undefined ? 'not-told' : fact ? 'ask-a-person' : 'met'
const has = (one: Case, enrolment: string) => one.facts.currentEnrolments?.includes(enrolment as never)
const not = (fact: boolean | undefined) => fact === undefined ? undefined : !fact

/** 二（一）、四（一）1: somebody of Guangxi (by 户籍 or home) who is not known to be an ordinary employee. */
function flexibleWorkerOfGuangxi({ facts }: Case): Finding[] {
  const insured = employerPays(facts, 'either')
  const employee: Finding = insured === undefined ? 'not-told' : 'met'
  const mayBeEmployee: Finding = facts.employmentStatus === 'employed' && !insured ? 'ask-a-person' : 'met'
  const whose = origin(facts)
  if (whose === 'guangxi') return [employee, mayBeEmployee]
  const lives = inGuangxi(facts.residenceDivision)
  return [employee, mayBeEmployee, whose === undefined ? 'not-told' : doubtIf(not(lives))]
}

/** An insured employee who asks for something that has no rule of its own about employers. */
const notKnownAsEmployee: Condition = ({ facts }) => [doubtIf(employerPays(facts, 'either'))]

const notOfAnInstitution: Condition = one => [doubtIf(has(one, 'institution-pension')), doubtIf(has(one, 'institution-medical'))]

const atLeast16 = ({ facts: { birthDate }, today }: Case) => birthDate === undefined ? undefined : ageReached(birthDate, 16, 0, today)

const CONDITIONS: Readonly<Record<MatterSlug, readonly Condition[]>> = {
  // 四（一）2（2）: 原工作单位所在地、原人事档案所在地 are not among the facts, so only a 户籍 here settles it.
  'archive-transfer': [notKnownAsEmployee, ({ facts }) => [doubtIf(origin(facts) === undefined ? undefined : origin(facts) !== 'guangxi')]],
  // 四（一）3（2）
  'resident-pension': [
    one => [must(atLeast16(one)), whoMayHaveAResidentPension(one)],
    ({ facts }) => [must(not(employerPays(facts, 'pension'))), doubtIf(employerPays(facts, 'medical'))],
    one => [must(not(has(one, 'employee-pension'))), must(not(has(one, 'institution-pension')))],
    one => [doubtIf(has(one, 'institution-medical')), doubtIf(has(one, 'resident-pension'))]
  ],
  // 四（一）3（1）, 须知
  'flexible-pension': [
    one => [beforeRetirement(one), doubtIf(not(atLeast16(one)))],
    ({ facts }) => [must(not(employerPays(facts, 'pension')))],
    ({ facts }) => ['foreigner', 'hmt without permit'].includes(origin(facts) ?? '') ? ['ask-a-person'] : [],
    one => [doubtIf(has(one, 'employee-pension')), doubtIf(has(one, 'resident-pension'))],
    notOfAnInstitution
  ],
  // 四（一）5
  'social-security-card': [notKnownAsEmployee, ({ facts }) => [must(not(appliedForCard(facts)))]],
  // 四（一）4（1）（2）
  'resident-medical': [
    one => [must(atLeast16(one)), ...placeOfMedical(one, 'met')],
    ({ facts }) => [must(not(employerPays(facts, 'medical'))), doubtIf(employerPays(facts, 'pension'))],
    one => [doubtIf(has(one, 'employee-medical'))],
    notOfAnInstitution
  ],
  'flexible-medical': [
    one => [must(atLeast16(one)), ...placeOfMedical(one, 'ask-a-person')],
    ({ facts }) => [must(not(employerPays(facts, 'medical')))],
    one => [doubtIf(has(one, 'resident-medical'))],
    notOfAnInstitution
  ],
  // 四（一）4（3）
  'resident-medical-change': [notKnownAsEmployee, one => [changeOf(one, 'resident-medical'), byWindowWhenNameChanges(one)]],
  'flexible-medical-change': [notKnownAsEmployee, one => [changeOf(one, 'employee-medical'), byWindowWhenNameChanges(one)]],
  // 四（一）6, 须知1; special payments are the tax office's to determine
  contribution: [
    notKnownAsEmployee,
    one => one.alsoRegisters ? [] : [must(one.facts.currentEnrolments?.some(enrolment => !enrolment.startsWith('institution')))],
    ({ facts }) => facts.hasSpecialPayment ? ['ask-a-person'] : []
  ]
}

function whoMayHaveAResidentPension({ facts }: Case): Finding {
  const whose = origin(facts)
  if (whose === undefined) return 'not-told'
  if (whose === 'guangxi') return must(not(facts.isStudent))
  if (whose === 'hmt') return must(inGuangxi(facts.residenceDivision))
  return whose === 'foreigner' ? 'ask-a-person' : 'not-met'
}

/**
 * Flexible women retire at 55→58; one whom earlier years as an employee may hold to 50→55 is a matter for a
 * person.
 */
function beforeRetirement({ facts: { birthDate, sex }, today }: Case): Finding {
  if (!birthDate) return 'not-told'
  const man = retired(birthDate, today, [60, 1965, 4, 36])
  if (sex === 'male' || (sex === undefined && man)) return must(!man)
  if (sex === undefined) return 'not-told'
  if (retired(birthDate, today, [55, 1970, 4, 36])) return 'not-met'
  return retired(birthDate, today, [50, 1975, 2, 60]) ? 'ask-a-person' : 'met'
}

function appliedForCard({ hasAppliedForCard, cardAppliedIn }: RawFacts): boolean | undefined {
  if (!cardAppliedIn) return hasAppliedForCard
  return hasAppliedForCard === undefined || hasAppliedForCard === cardAppliedIn.length > 0 ? cardAppliedIn.length > 0 : undefined
}

/** 户籍地或居住地; those without a 户籍 must live here and hold the permit that the notice names. */
function placeOfMedical({ facts }: Case, foreigner: Finding): Finding[] {
  const whose = origin(facts)
  if (whose === undefined) return ['not-told']
  if (whose === 'guangxi') return []
  if (whose === 'hmt without permit') return ['not-met']
  return [must(inGuangxi(facts.residenceDivision)), whose === 'foreigner' ? foreigner : 'met']
}

/** 已经参加…的自然人; insured in the other scheme only, the text alone does not settle it. */
function changeOf(one: Case, own: string): Finding {
  const enrolments = one.facts.currentEnrolments
  if (!enrolments) return 'not-told'
  if (has(one, own)) return 'met'
  return enrolments.some(enrolment => enrolment.endsWith('medical')) ? 'ask-a-person' : 'not-met'
}

function byWindowWhenNameChanges({ facts, channel }: Case): Finding {
  return channel === 'window' ? 'met' : must(not(facts.changesNameOrIdNumber))
}
