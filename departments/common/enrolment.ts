import { shanghaiDate } from '../../core/dates.ts'
import { normaliseIdNumber } from '../../core/id-numbers.ts'
import type { People } from '../people/index.ts'
import { checkPerson } from './person-check.ts'
import { provinceOf } from './province.ts'
import type { Kind, Outcome, Work } from './types.ts'

/** One insurance as its register knows it. */
export interface Insurance {
  readonly slug: string
  readonly title: string
  /** Value that the public data platform uses for it. */
  readonly enrolment: string
}

interface Enrolled {
  readonly isEnrolled: boolean
  /** YYYY-MM-DD, null when the register before ours did not say. */
  readonly since: string | null
}

/** Whether a person is enrolled: by our own register, else by what was taken over with the demo people. */
export async function findEnrolment(
  work: Work, people: People, insurance: Insurance, idNumber: string
): Promise<Enrolled> {
  const own = await work.latest(insurance.slug, idNumber)
  if (own?.endedAt === null) return { isEnrolled: true, since: shanghaiDate(own.startedAt) }
  if (own) return { isEnrolled: false, since: null }
  const isEnrolled = people.byIdNumber(idNumber)?.records.currentEnrolments.includes(insurance.enrolment) ?? false
  return { isEnrolled, since: null }
}

/**
 * Registers a person. Whoever is registered already is confirmed (续保，业务办理须知 of the medical registrations): the register keeps
 * the one enrolment that it has.
 */
export function registrationKind(people: People, insurance: Insurance): Kind {
  return {
    async handle(work): Promise<Outcome> {
      const { idNumber } = checkPerson(work.fields)
      const { isEnrolled } = await findEnrolment(work, people, insurance, idNumber)
      if (isEnrolled) return { result: { insurance: insurance.slug, isRenewal: true, registeredOn: work.today } }
      const personalNumber = `${provinceOf(people, idNumber)}${String(await work.next('personal-number')).padStart(8, '0')}`
      await work.add(insurance.slug, idNumber, { personalNumber })
      return { result: { insurance: insurance.slug, personalNumber, isRenewal: false, registeredOn: work.today } }
    }
  }
}

/** Ends an enrolment, so that the same person may be registered anew. */
export function registrationEndKind(people: People, insurances: readonly Insurance[]): Kind {
  return {
    async handle(work): Promise<Outcome> {
      const insurance = insuranceOf(work, insurances)
      const idNumber = normaliseIdNumber(String(work.fields.idNumber))
      const { isEnrolled } = await findEnrolment(work, people, insurance, idNumber)
      if (!isEnrolled) return notRegistered(insurance)
      const own = await work.latest(insurance.slug, idNumber)
      if (!own) await work.add(insurance.slug, idNumber)
      await work.end(insurance.slug, idNumber)
      return { result: { insurance: insurance.slug, endedOn: work.today } }
    }
  }
}

/** Answers whether a person is enrolled now. */
export function enrolmentQueryKind(people: People, insurances: readonly Insurance[]): Kind {
  return {
    isQuery: true,
    async handle(work): Promise<Outcome> {
      const insurance = insuranceOf(work, insurances)
      const idNumber = normaliseIdNumber(String(work.fields.idNumber))
      const { isEnrolled, since } = await findEnrolment(work, people, insurance, idNumber)
      return { result: { enrolled: isEnrolled, insurance: insurance.slug, since } }
    }
  }
}

export function notRegistered({ title }: Insurance): Outcome {
  return { reasons: [{ code: 'NOT_REGISTERED', message: `尚未参加${title}，不能办理。` }] }
}

function insuranceOf(work: Work, insurances: readonly Insurance[]): Insurance {
  const found = insurances.find(one => one.slug === work.fields.insurance)
  // The contract's enumeration has already refused any other value.
  if (!found) throw new Error('an insurance that the contract does not name')
  return found
}
