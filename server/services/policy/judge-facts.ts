import { impersonalFacts } from '../../../core/facts.ts'
import type { RawFacts } from '../../../core/facts.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import type { Item, NewReason } from '../../db/items.ts'
import type { Subject } from '../subjects.ts'
import { eligibilityOf } from './eligibility.ts'
import type { Eligibility } from './eligibility.ts'
import { factsOfForm } from './form-facts.ts'

type Context = Pick<ServerContext, 'clock' | 'crypto' | 'db' | 'decisions' | 'regions'>
type Results = Readonly<Record<string, string | boolean>>

interface Learnt {
  /** What the step answers to the process. */
  readonly variables: Results
  /** What the public data platform told of the person; absent when it did not answer. */
  readonly facts?: RawFacts
}

export interface Judged {
  readonly variables: Results
  /** Why a person has to look, each with rule and clause. */
  readonly doubts: readonly NewReason[]
  readonly missingFacts: readonly string[]
}

const FACT_NAMES: Readonly<Record<string, string>> = {
  birthDate: '出生日期', sex: '性别', idType: '证件类型', employmentStatus: '就业状态', householdDivision: '户籍地', residenceDivision: '居住地',
  isStudent: '是否在校学生', isEmployerInsured: '用人单位参保情况', currentEnrolments: '已参加的社会保险', hasAppliedForCard: '社会保障卡申领情况',
  cardAppliedIn: '社会保障卡申领地', changesNameOrIdNumber: '是否变更姓名或公民身份号码', medicalAction: '医保办理类型'
}

/** Verifications to which the platform answered. */
const ANSWERED: ReadonlySet<unknown> = new Set(['passed', 'doubtful'])

/**
 * Holds what a verification learnt, together with what the form says, against the conditions of the matter (`eligibility.dmn`).
 * Where they refuse, leave it open, or lack a fact, the verification is doubtful: the machine neither approves nor refuses, a
 * person does. A step that told no facts is left as it is.
 */
export async function judgeFacts(
  ctx: Context, { application, item, row }: Subject, { variables, facts }: Learnt
): Promise<Judged> {
  const asItIs = { variables, doubts: [], missingFacts: [] }
  if (!item || row || !facts || !ANSWERED.has(variables.verification)) return asItIs
  const region = ctx.regions.get(application.region)
  const items = await findItemsOfApplication(ctx.db, application.id)
  const { changesNameOrIdNumber, medicalAction } = variables as RawFacts
  const learnt = { ...facts, currentEnrolments: enrolledBefore(region, items, facts), changesNameOrIdNumber, medicalAction }
  const known: RawFacts = { ...factsOfForm(readContent(ctx, application)), ...learnt }
  const today = application.accepted_on ?? ctx.clock.today()
  const answers = await eligibilityOf(ctx, region, {
    channel: application.channel, matters: items.map(({ slug }) => slug),
    facts: impersonalFacts(known, today, region)
  })
  const eligibility = answers.get(item.slug)!
  if (eligibility.status === 'eligible') return asItIs
  const { missingFacts } = eligibility
  return { variables: { ...variables, verification: 'doubtful' }, doubts: doubtsOf(eligibility), missingFacts }
}

/** What this application itself has registered by now never counts against its other items. */
function enrolledBefore({ insurances }: Region, items: readonly Item[], { currentEnrolments }: RawFacts) {
  const registered = new Set(items.filter(one => one.receipt_number !== null).map(({ slug }) => slug))
  const own = insurances.filter(({ slug }) => registered.has(slug)).map(({ enrolment }) => enrolment as string)
  return currentEnrolments?.filter(one => !own.includes(one))
}

function doubtsOf({ status, reasons, missingFacts }: Eligibility): NewReason[] {
  const code = status === 'ineligible' ? 'CONDITION_NOT_MET' : 'CONDITION_UNCLEAR'
  const missing = missingFacts.map(fact => FACT_NAMES[fact] ?? fact).join('、')
  return [
    ...reasons.map(({ ruleId, clause, message }) => ({ code, ruleId, clause, message, source: 'rule' as const })),
    ...(missing ? [{ code: 'FACT_UNKNOWN', message: `未能核实${missing}，须由工作人员核对。`, source: 'rule' as const }] : [])
  ]
}
