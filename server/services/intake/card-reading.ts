import { checkIdNumber, idProblemMessages, isOldPermanentResidence, normaliseIdNumber } from '../../../core/id-numbers.ts'
import type { IdType, Sex } from '../../../core/id-numbers.ts'
import { AppError } from '../../../core/errors.ts'

/** What an identity card says, as a reader sends it or a clerk types it. */
export interface CardReading {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly sex?: Sex
  readonly birthDate?: string
  /** Name of the ethnic group as it ends in the register: 壮族. */
  readonly ethnicity?: string
  readonly address?: string
  readonly issuer?: string
  /** YYYY-MM-DD. */
  readonly validFrom?: string
  /** YYYY-MM-DD, or 长期. */
  readonly validUntil?: string
}

type Words = Partial<Record<Key, string>>
type Key = 'name' | 'sex' | 'ethnicity' | 'birthDate' | 'address' | 'idNumber' | 'issuer' | 'validity' | 'validFrom' | 'validUntil'

/** Names under which readers send the same thing, as letters and Chinese characters alone. */
const NAMES: Readonly<Record<string, Key>> = {
  name: 'name', 姓名: 'name', sex: 'sex', gender: 'sex', 性别: 'sex', ethnicity: 'ethnicity', nation: 'ethnicity', nationality: 'ethnicity', 民族: 'ethnicity',
  birthdate: 'birthDate', birthday: 'birthDate', birth: 'birthDate', 出生: 'birthDate', 出生日期: 'birthDate', 出生年月日: 'birthDate',
  address: 'address', 住址: 'address', 地址: 'address', idnumber: 'idNumber', idno: 'idNumber', number: 'idNumber', id: 'idNumber', 公民身份号码: 'idNumber',
  身份证号: 'idNumber', 身份证号码: 'idNumber', 证件号码: 'idNumber', issuer: 'issuer', authority: 'issuer', issuingauthority: 'issuer', 签发机关: 'issuer',
  validity: 'validity', validperiod: 'validity', 有效期: 'validity', 有效期限: 'validity', validfrom: 'validFrom', validuntil: 'validUntil'
}
const SEXES: Readonly<Record<string, Sex>> = { 男: 'male', 女: 'female', 1: 'male', 2: 'female', male: 'male', female: 'female' }
const NUMBER = /^\d{17}[\dX]$/
const DAY = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/
const VALIDITY = /^(\d{4}[-./]?\d{2}[-./]?\d{2})\s*[-—–~至]+\s*(长期|\d{4}[-./]?\d{2}[-./]?\d{2})$/
const ISSUER = /(公安|出入境|派出所|分局|管理局)/

/**
 * Reads what a card reader sends as one line of text: JSON, 标签：内容, or the bare contents in any order, parted by |, tabs, commas
 * or blanks. A name and a number typed by hand are read in the same way. `today` is the business date.
 * @throws AppError FORM_INVALID when it holds no name or no valid number
 */
export function readCard(text: string, today: string): CardReading {
  const words = wordsOf(text.trim())
  const name = words.name?.trim() ?? ''
  const idType = typeOf(normaliseIdNumber(words.idNumber ?? ''))
  const { ok, code, number, sex, birthDate } = checkIdNumber(idType, words.idNumber ?? '', today)
  const problems = [
    ...name === '' ? [{ path: '/reading/name', code: 'REQUIRED', message: '没有读到姓名，请重新刷卡，或手工输入“姓名 证件号码”' }] : [],
    ...ok ? [] : [{ path: '/reading/idNumber', code: code ?? 'ID_NUMBER_FORMAT', message: words.idNumber ? idProblemMessages[code ?? 'ID_NUMBER_FORMAT'] : '没有读到证件号码，请重新刷卡，或手工输入“姓名 证件号码”' }]
  ]
  if (problems.length > 0) throw new AppError('FORM_INVALID', { detail: '证件没有读全，请重新刷卡或手工输入。', fields: problems })
  const [validFrom, validUntil] = validityOf(words)
  return {
    name, idType, idNumber: number,
    ...present({
      sex: SEXES[words.sex ?? ''] ?? sex, birthDate: dayOf(words.birthDate) ?? birthDate, ethnicity: ethnicityOf(words.ethnicity),
      address: words.address, issuer: words.issuer, validFrom, validUntil
    })
  }
}

/** What a clerk should look at before going on: the card is out of date, or does not say what its number says. */
export function remarksOn(reading: CardReading, today: string): string[] {
  const { idType, idNumber, sex, birthDate, validUntil } = reading
  const told = checkIdNumber(idType, idNumber, today)
  return [
    ...validUntil !== undefined && validUntil !== '长期' && validUntil < today ? [`证件已于 ${validUntil} 到期，请核对是否有新证。`] : [],
    ...told.sex !== undefined && sex !== told.sex ? ['证件上的性别与号码不一致，请核对证件。'] : [],
    ...told.birthDate !== undefined && birthDate !== told.birthDate ? ['证件上的出生日期与号码不一致，请核对证件。'] : []
  ]
}

function wordsOf(text: string): Words {
  const json = text.startsWith('{') ? jsonOf(text) : null
  if (json) return named(Object.entries(json).map(([key, value]) => [key, typeof value === 'object' ? '' : String(value)]))
  const separator = /[|\t\n;；,，]/.test(text) ? /[|\t\r\n;；,，]+/ : /\s+/
  const parts = text.split(separator).map(part => part.trim()).filter(Boolean)
  const labelled = parts.flatMap(part => {
    const [, key, value] = /^([^:：]{1,8})[:：]\s*(.*)$/.exec(part) ?? []
    return key && value !== undefined && keyOf(key) ? [[key, value] as const] : []
  })
  return labelled.length > 0 ? named(labelled) : byContent(parts)
}

function named(entries: readonly (readonly [string, string] | string[])[]): Words {
  return Object.fromEntries(entries.flatMap(([key = '', value = '']) => (keyOf(key) && value.trim() !== '' ? [[keyOf(key)!, value.trim()]] : [])))
}

const keyOf = (name: string): Key | undefined => NAMES[name.replace(/[^\p{Script=Han}A-Za-z]/gu, '').toLowerCase()]

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

/** Readers order the contents differently: each is told by what it looks like, the name is what comes first of the rest. */
function byContent(parts: readonly string[]): Words {
  const words: Words = {}
  for (const part of parts) {
    const key = kindOf(part, words)
    words[key] ??= part
  }
  return words
}

function kindOf(part: string, { name }: Words): Key {
  if (NUMBER.test(normaliseIdNumber(part))) return 'idNumber'
  if (VALIDITY.test(part)) return 'validity'
  if (DAY.test(part)) return 'birthDate'
  if (/^[男女]$/.test(part)) return 'sex'
  if (/^\p{Script=Han}{1,5}族$/u.test(part) || (name !== undefined && /^[\u4e00-\u9fff]$/.test(part))) return 'ethnicity'
  if (ISSUER.test(part)) return 'issuer'
  if (name === undefined) return /^[\p{Script=Han}·•.\sA-Za-z]{2,50}$/u.test(part) ? 'name' : 'idNumber'
  return /^\p{Script=Han}/u.test(part) ? 'address' : 'idNumber'
}

function typeOf(number: string): IdType {
  if (/^8[123]0000/.test(number)) return 'hmt-residence-permit'
  return /^9\d{16}[\dX]$/.test(number) || isOldPermanentResidence(number) ? 'foreign-permanent-residence' : 'resident-id'
}

function validityOf({ validity, validFrom, validUntil }: Words): (string | undefined)[] {
  const [, from, until] = VALIDITY.exec(validity?.trim() ?? '') ?? []
  const last = until ?? validUntil
  return [dayOf(from ?? validFrom), last === '长期' ? last : dayOf(last)]
}

function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = DAY.exec(text?.trim() ?? '') ?? []
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined
}

const ethnicityOf = (text: string | undefined): string | undefined => text && (/[族人士他\d]$/.test(text) ? text : `${text}族`)

function present<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
}
