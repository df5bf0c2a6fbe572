/**
 * What the Ningxia notice (宁人社发〔2026〕54号) says in 附件1 and 附件2, written from its text and from raw facts, apart from the tables
 * and from core/facts.ts, as oracle.ts is for Guangxi. Where the text is silent the answer is a person's (docs/open-questions.md, E).
 */
import type { RawFacts } from '../../core/facts.ts'
import type { Finding, Verdict } from './oracle.ts'

export interface NingxiaCase {
  readonly facts: RawFacts
  readonly today: string
  /** The application also registers an insurance. */
  readonly alsoRegisters: boolean
}

/** 附件2 二: 四级四同事项法定办结时限 in working days; all are 即办件. */
export const STATUTORY_DAYS = {
  'archive-transfer': 20, 'social-insurance': 20, 'social-security-card': 30, 'employment-registration': 10, 'medical-insurance': 1, contribution: 1
} as const
export type NingxiaMatter = keyof typeof STATUTORY_DAYS
export const NINGXIA_MATTERS = Object.keys(STATUTORY_DAYS) as NingxiaMatter[]

/** The verdict, and whether anything was not told that would be needed for it. */
export function judgeNingxia(matter: NingxiaMatter, one: NingxiaCase): { status: Verdict; isComplete: boolean } {
  const findings = [somebodyOfNingxia(one.facts), ...CONDITIONS[matter](one)]
  if (findings.includes('not-met')) return { status: 'ineligible', isComplete: true }
  return { status: findings.every(finding => finding === 'met') ? 'eligible' : 'unknown', isComplete: !findings.includes('not-told') }
}

const barredIf = (fact: boolean | undefined): Finding => fact === undefined ? 'not-told' : fact ? 'not-met' : 'met'
const doubtIf = (fact: boolean | undefined): Finding => fact === undefined ? 'not-told' : fact ? 'ask-a-person' : 'met'

/** 我区灵活就业: whoever has neither 户籍 nor home here is not refused by the text, so a person looks. */
function somebodyOfNingxia({ idType, householdDivision, residenceDivision }: RawFacts): Finding {
  const here = (division: string | undefined) => division?.startsWith('64')
  const hasNoHousehold = ['hmt-residence-permit', 'tw-travel-permit', 'foreign-permanent-residence'].includes(idType ?? '')
  const places = [hasNoHousehold ? false : here(householdDivision), here(residenceDivision)]
  return places.includes(true) ? 'met' : places.includes(undefined) ? 'not-told' : 'ask-a-person'
}

/** Undefined when it is not told or the two answers disagree. */
function employerPays({ isEmployerInsured: told, employerInsurances: listed }: RawFacts): boolean | undefined {
  if (!listed) return told
  const pays = listed.some(one => one === 'employee-pension' || one === 'employee-medical')
  return told === undefined || told === pays ? pays : undefined
}

/** 可以以灵活就业身份: somebody who calls himself employed without an employer that pays may be 非全日制. */
const mayBeEmployee = (facts: RawFacts): Finding => facts.employmentStatus === 'employed' && !employerPays(facts) ? 'ask-a-person' : 'met'

/** No age is written (E6), so only a person may say no to somebody under 16. */
function under16({ facts: { birthDate }, today }: NingxiaCase): Finding {
  if (!birthDate) return 'not-told'
  return doubtIf(`${Number(today.slice(0, 4)) - 16}${today.slice(4)}` < birthDate)
}

/** Nor is any retirement age (E6): whom the gradual reform retires, or may, is left to a person. */
function retired({ facts: { birthDate, sex }, today }: NingxiaCase): Finding {
  if (!birthDate) return 'not-told'
  const reached = { male: isRetired(birthDate, today, [60, 1965, 4, 36]), female: isRetired(birthDate, today, [50, 1975, 2, 60]) }
  if (sex) return doubtIf(reached[sex])
  return reached.male === reached.female ? doubtIf(reached.male) : 'not-told'
}

/** From January of `firstYear` on one more month for each `step` months of birth begun, at most `most`. */
function isRetired(birthDate: string, today: string, [years, firstYear, step, most]: readonly [number, number, number, number]): boolean {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  const later = Math.min(most, Math.ceil(Math.max(0, (year - firstYear) * 12 + month) / step))
  const due = (year + years) * 12 + month - 1 + later
  const lastDay = new Date(Date.UTC(Math.floor(due / 12), due % 12 + 1, 0)).getUTCDate()
  return Date.UTC(Math.floor(due / 12), due % 12, Math.min(day, lastDay)) <= Date.parse(today)
}

/** 三2: 不允许有任何正在进行的社会保险和医疗保险的参保行为. */
const inNoInsurance = ({ facts }: NingxiaCase): Finding[] =>
  [barredIf(employerPays(facts)), barredIf(facts.currentEnrolments && facts.currentEnrolments.length > 0)]

const CONDITIONS: Readonly<Record<NingxiaMatter, (one: NingxiaCase) => Finding[]>> = {
  /** No condition is written. */
  'archive-transfer': () => [],
  /** 三1: 企业职工、机关事业单位养老和医疗保险，外省或本省; the residents' insurances are not named. */
  'employment-registration': one => [
    barredIf(employerPays(one.facts)), barredIf(one.facts.currentEnrolments?.some(enrolment => !enrolment.startsWith('resident-'))),
    mayBeEmployee(one.facts), under16(one)
  ],
  'social-insurance': one => [...inNoInsurance(one), under16(one), retired(one)],
  /** 三2 binds the 参保 half; a 变更 presupposes an enrolment (B2), and only that of the employees' scheme is surely this one. */
  'medical-insurance': one => {
    const { medicalAction: action, currentEnrolments: enrolled } = one.facts
    if (action === 'enrol') return [...inNoInsurance(one), mayBeEmployee(one.facts)]
    if (action !== 'change') return ['not-told']
    const medical = enrolled?.filter(enrolment => enrolment.endsWith('medical'))
    return [barredIf(medical && medical.length === 0), doubtIf(medical?.some(enrolment => enrolment === 'institution-medical')),
      doubtIf(medical && medical[0] === 'resident-medical' && medical.length === 1), doubtIf(employerPays(one.facts))]
  },
  /** 三4: 必须为首次申领宁夏社会保障卡; one of another province is none. */
  'social-security-card': ({ facts: { cardAppliedIn: places, hasAppliedForCard: told } }) => {
    if (!places) return [told === false ? 'met' : 'not-told']
    return [told !== undefined && told !== places.length > 0 ? 'not-told' : barredIf(places.some(code => code.startsWith('64')))]
  },
  /** 三3: 只能办理正常缴费; 从就业登记到社保缴费: without an enrolment there is nothing to pay. */
  contribution: ({ facts, alsoRegisters }) => [
    barredIf(facts.hasSpecialPayment), doubtIf(employerPays(facts)),
    ...alsoRegisters ? [] : [barredIf(facts.currentEnrolments && !facts.currentEnrolments.some(one => !one.startsWith('institution')))]
  ]
}
