import { checkPerson } from './person-check.ts'
import type { Kind, Outcome } from './types.ts'

/**
 * Registers a person for the matter of a region that the request names, so that a new region or matter needs nothing new here.
 * Who is registered already is confirmed, without a second registration.
 */
export function matterRegistrationKind(): Kind {
  return {
    async handle(work): Promise<Outcome> {
      const { idNumber } = checkPerson(work.fields)
      const { region, matter } = work.fields as { region: string; matter: string }
      const register = `${region}:${matter}`
      const known = await work.latest(register, idNumber)
      const isRenewal = known?.endedAt === null
      const registrationNumber = isRenewal ? String(known.data.registrationNumber) : numbered(work.today, await work.next('matter-registration'))
      if (!isRenewal) await work.add(register, idNumber, { registrationNumber })
      return { result: { matter, registrationNumber, isRenewal, registeredOn: work.today } }
    }
  }
}

const numbered = (today: string, sequence: number): string => `DJ${today.replaceAll('-', '')}${String(sequence).padStart(6, '0')}`
