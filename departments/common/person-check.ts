import { fieldError } from '../../core/errors.ts'
import { checkIdNumber, idProblemMessages, normaliseIdNumber } from '../../core/id-numbers.ts'
import type { IdType } from '../../core/id-numbers.ts'
import type { Fields } from './types.ts'

export interface PersonFields {
  readonly name: string
  readonly idType: IdType
  /** Normalised: the key of a person in every register. */
  readonly idNumber: string
}

/**
 * Reads who a request is about and checks the number of the document; that the fields are there the contract has
 * checked.
 * @throws AppError FORM_INVALID
 */
export function checkPerson(fields: Fields): PersonFields {
  const person = readPerson(fields)
  const check = checkIdNumber(person.idType, person.idNumber)
  if (!check.ok) {
    const code = check.code ?? 'ID_NUMBER_FORMAT'
    throw fieldError('/idNumber', code, idProblemMessages[code])
  }
  return person
}

/**
 * Reads whom a question or a change is about. The number is as it was registered: a wrong one, or one of 15 digits, is somebody's
 * or nobody's, but no fault of the request.
 */
export function readPerson(fields: Fields): PersonFields {
  const { name, idType, idNumber } = fields
  return { name: normaliseName(String(name)), idType: idType as IdType, idNumber: normaliseIdNumber(String(idNumber)) }
}

/** Names are compared without blanks and with one kind of middle dot, since keyboards know half a dozen. */
export function normaliseName(name: string): string {
  return name.normalize('NFC').replace(/\s/g, '').replace(/[•‧∙⋅・･.]/g, '·')
}
