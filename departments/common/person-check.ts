import { fieldError } from '../../core/errors.ts'
import { checkIdNumber, idProblemMessages } from '../../core/id-numbers.ts'
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
  const idType = fields.idType as IdType
  const check = checkIdNumber(idType, String(fields.idNumber))
  if (!check.ok) {
    const code = check.code ?? 'ID_NUMBER_FORMAT'
    throw fieldError('/idNumber', code, idProblemMessages[code])
  }
  return { name: normaliseName(String(fields.name)), idType, idNumber: check.number }
}

/** Names are compared without blanks and with one kind of middle dot, since keyboards know half a dozen. */
export function normaliseName(name: string): string {
  return name.normalize('NFC').replace(/\s/g, '').replace(/[•‧∙⋅・･.]/g, '·')
}
