import { checkPerson } from '../common/person-check.ts'
import type { Kind } from '../common/types.ts'

const REGISTER = 'flexible-employment'

/** Registers somebody as a flexible worker; a second registration of the same person replaces what was told before. */
export function employmentKind(): Kind {
  return {
    async handle(work) {
      const { idNumber } = checkPerson(work.fields)
      const { employmentForm, occupation, startedOn } = work.fields
      await work.end(REGISTER, idNumber)
      await work.add(REGISTER, idNumber, { employmentForm, occupation, startedOn })
      const sequence = String(await work.next('employment')).padStart(6, '0')
      return { result: { employmentNumber: `JY${work.today.replaceAll('-', '')}${sequence}`, registeredOn: work.today } }
    }
  }
}
