import { readPeriod } from '../../core/contribution-period.ts'
import { overdueRate, reckon } from '../../core/contribution-rates.ts'
import type { Rate } from '../../core/contribution-rates.ts'
import { fieldError } from '../../core/errors.ts'
import { matterRegistrationKind } from '../common/matter-registration.ts'
import { checkPerson } from '../common/person-check.ts'
import type { PersonFields } from '../common/person-check.ts'
import { provinceOf } from '../common/province.ts'
import { subjectOf } from '../common/ledger.ts'
import type { Kind, Later, Outcome, Work } from '../common/types.ts'
import type { People } from '../people/index.ts'
import { readParameters } from './parameters.ts'

/** Days from declaration to debit. */
const DEBIT_DAYS = 1

interface Assessed {
  /** What the assessment was asked for: the part of the request id before the first colon. */
  readonly subject: string
  readonly amountFen: number
  readonly periodStart: string
  readonly periodEnd: string
}

/** What the tax department does: assess, then declare; the debit follows by itself. */
export function taxKinds(people: People): Readonly<Record<string, Kind>> {
  const rows = readParameters()
  return {
    'contribution-assessment': {
      async handle(work): Promise<Outcome> {
        const person = checkPerson(work.fields)
        const late = tooLate(rows, work)
        if (late) return late
        const { assessed, rest } = assess(rows, work)
        const register = assessmentRegister(work)
        await work.end(register, person.idNumber)
        await work.add(register, person.idNumber, { ...assessed })
        const { subject: _, ...amounts } = assessed
        const code = await socialInsuranceCode(people, work, person)
        return { result: { ...amounts, ...rest, socialInsuranceCode: code, taxpayerId: person.idNumber } }
      }
    },
    'contribution-declaration': {
      callsBack: true,
      handle: work => declare(rows, people, work)
    },
    'matter-registration': matterRegistrationKind()
  }
}

async function declare(rows: readonly Rate[], people: People, work: Work): Promise<Outcome> {
  const { idNumber } = checkPerson(work.fields)
  const late = tooLate(rows, work)
  if (late) return late
  const earlier = await work.latest(assessmentRegister(work), idNumber)
  const isOurs = earlier?.data.subject === subjectOf(work.requestId)
  const assessed = isOurs ? earlier.data as unknown as Assessed : assess(rows, work).assessed
  const { amountFen, periodStart, periodEnd } = assessed
  if (work.fields.amountFen !== undefined && work.fields.amountFen !== amountFen) {
    throw fieldError('/amountFen', 'AMOUNT_NOT_AS_ASSESSED', '申报的金额与核定的应缴费额不一致')
  }
  const register = `declaration:${String(work.fields.insurance)}:${periodStart}:${periodEnd}`
  const replaced = await work.latest(register, idNumber)
  await work.end(register, idNumber)
  const sequence = String(await work.next('declaration')).padStart(6, '0')
  const declarationNumber = `SB${work.today.replaceAll('-', '')}${sequence}`
  await work.add(register, idNumber, { declarationNumber, amountFen })
  const debitFails = people.byIdNumber(idNumber)?.records.debitFails ?? false
  return {
    result: { amountFen, declarationNumber, isCorrection: replaced !== undefined, periodStart, periodEnd },
    // 更正申报 replaces what was declared for the period before; the account is charged with the difference.
    later: [debit(debitFails, { amountFen, declarationNumber, debitFen: amountFen - Number(replaced?.data.amountFen ?? 0) })]
  }
}

/** 大额医疗费用统筹须每年1月底前缴纳: what has to be paid by a day is refused after it. */
function tooLate(rows: readonly Rate[], { fields, today }: Work): Outcome | undefined {
  const late = overdueRate(rows, fields, readPeriod(fields, today), today)
  if (!late) return undefined
  const [month, day] = late.paidUntil!.split('-').map(Number)
  return { reasons: [{ code: 'PAYMENT_TOO_LATE', message: `${late.item}须在当年${month}月${day}日前缴纳，已过期限。` }] }
}

function debit(fails: boolean, data: Readonly<Record<'amountFen' | 'debitFen', number>> & { readonly declarationNumber: string }): Later {
  if (!fails) return { type: 'payment-settled', afterDays: DEBIT_DAYS, data }
  const why = { code: 'INSUFFICIENT_BALANCE', message: '账户余额不足，扣款未成功。' }
  return { type: 'payment-failed', afterDays: DEBIT_DAYS, data: { ...data, ...why } }
}

function assess(rows: readonly Rate[], work: Work): { assessed: Assessed; rest: object } {
  const period = readPeriod(work.fields, work.today)
  const { amountFen, ...rest } = reckon(rows, work.fields, period, work.today)
  const subject = subjectOf(work.requestId)
  return { assessed: { subject, amountFen, periodStart: period.start, periodEnd: period.end }, rest }
}

function assessmentRegister(work: Work): string {
  return `assessment:${String(work.fields.insurance)}`
}

/** 社会保险编码: given once to each person, at the first assessment. */
async function socialInsuranceCode(people: People, work: Work, { idNumber }: PersonFields): Promise<string> {
  const known = await work.latest('social-insurance-code', idNumber)
  if (known) return String(known.data.code)
  const code = `${provinceOf(people, idNumber)}0000${String(await work.next('social-insurance-code')).padStart(8, '0')}`
  await work.add('social-insurance-code', idNumber, { code })
  return code
}
