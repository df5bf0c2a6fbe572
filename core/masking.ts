import counties from './counties.json' with { type: 'json' }
import { provinces } from './provinces.ts'

/**
 * Masks for screens, after the common practice that domain.md §5 collects. A full value is shown only by a click that is
 * permission-checked, rate-limited and audited.
 */

/** `450103********0020`: region and last four, no birth date. For the applicant's own screen and the clerk's list. */
export function maskIdNumber(number: string): string {
  return number.length === 18 ? `${number.slice(0, 6)}********${number.slice(-4)}` : maskPass(number)
}

/** `4****************0`: first and last only. For public pages, messages and look-ups. */
export function maskIdNumberForPublic(number: string): string {
  return keep(number, 1, 1)
}

/** `138****5678`. */
export function maskMobile(mobile: string): string {
  return /^\d{11}$/.test(mobile) ? `${mobile.slice(0, 3)}****${mobile.slice(-4)}` : keep(mobile, 1, 1)
}

const COMPOUND_SURNAMES = new Set([
  '欧阳', '上官', '司马', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '司空', '长孙', '宇文', '东方', '南宫',
  '独孤', '端木', '申屠', '太史', '澹台', '轩辕', '百里', '呼延', '闻人', '西门', '钟离', '赫连'
])

/** `张*`, `张*明`, `欧阳*`; a name of one character is hidden whole. */
export function maskName(name: string): string {
  const letters = [...name.trim()]
  if (letters.length < 2) return '*'
  const first = letters.length > 2 && COMPOUND_SURNAMES.has(letters.slice(0, 2).join('')) ? 2 : 1
  return keep(name.trim(), first, letters.length - first >= 2 ? 1 : 0)
}

/** Last four digits of a bank card. */
export function maskBankCard(number: string): string {
  return keep(number, 0, 4)
}

/** `1990-**-**`: the whole date beside a masked identity number would give the number back. */
export function maskBirthDate(date: string): string {
  return /^\d{4}-/.test(date) ? `${date.slice(0, 4)}-**-**` : '****'
}

// With the name of the city before it: 南宁市青秀区.
const COUNTIES = new Set(counties.map(([, name]) => name!))
const LONGEST_COUNTY = Math.max(...[...COUNTIES].map(({ length }) => length))

/**
 * Address down to the county: `广西壮族自治区南宁市青秀区****`. Only names of the official lists are kept: a detail without
 * them, such as 阳光小区3栋, is hidden whole.
 */
export function maskAddress(address: string): string {
  const province = provinces.find(({ name }) => address.startsWith(name))?.name ?? ''
  const rest = address.slice(province.length, province.length + LONGEST_COUNTY)
  const ends = Array.from(rest, (_, index) => rest.length - index)
  const county = rest.slice(0, ends.find(end => COUNTIES.has(rest.slice(0, end))) ?? 0)
  return `${province}${county}****`
}

/** Passports and permits: the first two and the last two. */
export function maskPass(number: string): string {
  return keep(number, number.length > 6 ? 2 : 1, number.length > 6 ? 2 : 1)
}

/** Always hides at least one character, whatever is asked to be kept. */
function keep(text: string, first: number, last: number): string {
  const letters = [...text]
  const hidden = letters.length - first - last
  if (hidden < 1) return '*'.repeat(Math.max(letters.length, 1))
  return letters.slice(0, first).join('') + '*'.repeat(hidden) + (last > 0 ? letters.slice(-last).join('') : '')
}
