import { checkIdNumber, idProblemMessages, idTypes, isOldPermanentResidence } from '../../../core/id-numbers.ts'
import type { IdType } from '../../../core/id-numbers.ts'

/** One finding of a keyword: where below the value it lies ('' = the value itself), which kind, what to say. */
export interface Finding {
  readonly at: string
  readonly code: string
  readonly message: string
}

/** Which members of an object hold the document's number and what the number must agree with. */
export interface IdentityNames {
  readonly number: string
  /** Left out: the number of a citizen or of a holder of a residence permit. */
  readonly type?: string
  readonly sex?: string
  readonly birthDate?: string
}

/**
 * Holds a number against the rule of its document, and sex and date of birth against the number (GB 11643). A true
 * historic difference is put right at the window; nothing is overwritten here.
 */
export function identityFindings(names: IdentityNames, value: Readonly<Record<string, unknown>>, today: string): Finding[] {
  const number = value[names.number]
  const type = typeOf(names, value)
  if (typeof number !== 'string' || number === '' || type === undefined) return []
  const check = checkIdNumber(type, number, today)
  if (!check.ok) {
    const code = check.code ?? 'ID_NUMBER_FORMAT'
    return [{ at: `/${names.number}`, code, message: idProblemMessages[code] }]
  }
  const differs = (name: string | undefined, known: string | undefined): name is string =>
    name !== undefined && known !== undefined && value[name] !== undefined && value[name] !== known
  const findings: Finding[] = []
  if (differs(names.sex, check.sex)) {
    findings.push({ at: `/${names.sex}`, code: 'SEX_MISMATCH', message: '性别与身份证号码不一致' })
  }
  if (differs(names.birthDate, check.birthDate)) {
    findings.push({ at: `/${names.birthDate}`, code: 'BIRTH_DATE_MISMATCH', message: '出生日期与身份证号码不一致' })
  }
  return findings
}

/** A permanent residence permit of the old edition where one of `matters`, which take the latest only, is among the selected. */
export function oldEditionFindings(
  names: { readonly number: string, readonly type: string, readonly matters: readonly string[] },
  value: Readonly<Record<string, unknown>>, selected: readonly string[]
): Finding[] {
  const isOld = value[names.type] === 'foreign-permanent-residence' && isOldPermanentResidence(String(value[names.number]))
  return isOld && names.matters.some(slug => selected.includes(slug))
    ? [{ at: `/${names.number}`, code: 'ID_NUMBER_OLD_EDITION', message: idProblemMessages.ID_NUMBER_OLD_EDITION }]
    : []
}

/** Whether a text is the number of a resident identity card, with the right check character. */
export function isCitizenNumber(number: string): boolean {
  return checkIdNumber('resident-id', number).ok
}

function typeOf(names: IdentityNames, value: Readonly<Record<string, unknown>>): IdType | undefined {
  const said = names.type === undefined ? undefined : value[names.type]
  if (said !== undefined) return idTypes.find(type => type === said)
  const number = String(value[names.number])
  if (number.startsWith('8')) return 'hmt-residence-permit'
  return number.startsWith('9') || isOldPermanentResidence(number) ? 'foreign-permanent-residence' : 'resident-id'
}
