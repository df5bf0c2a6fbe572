import { isDate } from './dates.ts'

export const idTypes = [
  'resident-id', 'hmt-residence-permit', 'foreign-permanent-residence', 'passport', 'hm-travel-permit', 'tw-travel-permit',
  'social-security-card', 'household-book', 'temporary-id', 'exit-entry', 'other'
] as const
export type IdType = (typeof idTypes)[number]

export type IdProblem = 'ID_NUMBER_FORMAT' | 'ID_NUMBER_OLD_EDITION' | 'ID_NUMBER_ADDRESS' | 'ID_NUMBER_BIRTH_DATE' | 'ID_NUMBER_CHECK_DIGIT'
export type Sex = 'male' | 'female'

export interface IdCheck {
  readonly ok: boolean
  /** The number without blanks and full-width forms, X in upper case. */
  readonly number: string
  readonly code?: IdProblem
  readonly birthDate?: string
  readonly sex?: Sex
}

/** What to tell the applicant. */
export const idProblemMessages: Readonly<Record<IdProblem, string>> = Object.freeze({
  ID_NUMBER_FORMAT: '证件号码的位数或字符不对，请按证件核对',
  ID_NUMBER_OLD_EDITION: '这是旧版证件的号码，请使用新版证件（18 位号码）',
  ID_NUMBER_ADDRESS: '证件号码前几位的地区代码不对，请按证件核对',
  ID_NUMBER_BIRTH_DATE: '证件号码中的出生日期不是有效日期，请按证件核对',
  ID_NUMBER_CHECK_DIGIT: '证件号码的最后一位校验不符，请按证件核对'
})

/** Full-width letters and digits to plain ones, blanks out, lower case up: what people paste becomes what the card says. */
export function normaliseIdNumber(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/**
 * A 外国人永久居留证 of the edition before 2023-12-01: nationality and twelve digits. It stays valid until it ends. Its check
 * digit and date are known by hearsay only, so nothing is refused for them.
 */
export function isOldPermanentResidence(text: string): boolean {
  return /^[A-Z]{3}\d{12}$/.test(normaliseIdNumber(text))
}

/**
 * Checks a number against the rule of its document (GB 11643-1999 and the rules of the other issuers). `today`, when given,
 * also refuses a birth date that lies ahead. Types without a published rule are checked for characters and length only.
 */
export function checkIdNumber(type: IdType, text: string, today?: string): IdCheck {
  const number = normaliseIdNumber(text)
  const simple = SIMPLE[type]
  if (simple) return simple.test(number) ? { ok: true, number } : { ok: false, number, code: 'ID_NUMBER_FORMAT' }
  return checkEighteen(type, number, today)
}

const CHINESE_PASSPORT = 'E\\d{8}|E[A-HJ-NP-Z]\\d{7}|G\\d{8}|[DPS]E\\d{7}'

const SIMPLE: Partial<Record<IdType, RegExp>> = {
  // A foreign passport has no common rule; the Chinese ones fit the loose form too.
  passport: /^[A-Z0-9]{5,20}$/,
  'hm-travel-permit': /^[HM]\d{8}(\d{2})?$/,
  'tw-travel-permit': /^\d{8}$/,
  'social-security-card': /^[A-Z0-9]{5,20}$/,
  'exit-entry': /^[A-Z0-9]{5,20}$/,
  other: /^[A-Z0-9()/-]{3,30}$/
}

/** Whether a passport number follows one of the Chinese rules (an ordinary, official, diplomatic or service passport). */
export function isChinesePassport(text: string): boolean {
  return new RegExp(`^(${CHINESE_PASSPORT})$`).test(normaliseIdNumber(text))
}

// First two digits only: county codes are abolished over time and stay valid on the card.
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)/

/** First digits by document: 81, 82, 83 are the residence permits of Hong Kong, Macao and Taiwan residents; 9 is a foreigner. */
const ADDRESS: Partial<Record<IdType, RegExp>> = {
  'hmt-residence-permit': /^8[123]0000/,
  'foreign-permanent-residence': /^9/
}

function checkEighteen(type: IdType, number: string, today?: string): IdCheck {
  const fail = (code: IdProblem): IdCheck => ({ ok: false, number, code })
  if (type === 'foreign-permanent-residence' && isOldPermanentResidence(number)) return { ok: true, number }
  if (/^\d{15}$/.test(number)) return fail('ID_NUMBER_OLD_EDITION')
  if (!/^\d{17}[\dX]$/.test(number)) return fail('ID_NUMBER_FORMAT')
  if (!(ADDRESS[type] ?? PROVINCE).test(number)) return fail('ID_NUMBER_ADDRESS')
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDate(birthDate) || birthDate < '1850' || (today !== undefined && birthDate > today)) return fail('ID_NUMBER_BIRTH_DATE')
  if (checkDigit(number.slice(0, 17)) !== number[17]) return fail('ID_NUMBER_CHECK_DIGIT')
  // The inner digits of the foreigner's number are published by hearsay only, so nothing but the date is read from them.
  if (type === 'foreign-permanent-residence') return { ok: true, number, birthDate }
  return { ok: true, number, birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Last character for the first 17 digits (ISO 7064 MOD 11-2). */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return '10X98765432'[sum % 11]!
}

const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Whether a text is a 统一社会信用代码 with the right check character (GB 32100-2015). */
export function isSocialCreditCode(text: string): boolean {
  const code = normaliseIdNumber(text)
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false
  let weight = 1
  let sum = 0
  for (const character of code.slice(0, 17)) {
    sum += CREDIT_CHARACTERS.indexOf(character) * weight
    weight = weight * 3 % 31
  }
  return CREDIT_CHARACTERS[(31 - sum % 31) % 31] === code[17]
}
