import { formatInstant, shanghaiDate } from '../../../core/dates.ts'
import { provinces } from '../../../core/provinces.ts'
import type { Region } from '../../../core/region.ts'
import { countyName, nameBelowCounty } from '../../regions/places.ts'

/** `2026-03-24` or `2026-03` as 2026年3月24日 or 2026年3月; anything else as it is. */
export function chineseDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? []
  if (!year) return date
  return `${year}年${Number(month)}月${day ? `${Number(day)}日` : ''}`
}

/** Day in Asia/Shanghai of an instant (ms), as 2026年3月24日. */
export function chineseDay(instant: number): string {
  return chineseDate(shanghaiDate(instant))
}

/** Minute in Asia/Shanghai of an instant (ms), as 2026年3月24日 10:05. */
export function chineseTime(instant: number): string {
  return `${chineseDay(instant)} ${formatInstant(instant).slice(11, 16)}`
}

/** Name of the place of a GB/T 2260 code (6 or 12 digits) from province to village; the code where the lists end before it. */
export function placeName(region: Region, code: string): string {
  const county = code.slice(0, 6)
  if (!code.startsWith(region.code.slice(0, 2))) return placeElsewhere(code)
  const found = [county, `${county.slice(0, 4)}00`].flatMap(part => region.divisions.find(division => division.code === part) ?? [])[0]
  if (!found || county === region.code) return code.startsWith(region.code.slice(0, 2)) ? `${region.name}（${code}）` : code
  return `${region.name}${found.name}${found.code === county ? nameBelowCounty(code) : `（${code}）`}`
}

function placeElsewhere(code: string): string {
  const province = provinces.find(one => one.code.slice(0, 2) === code.slice(0, 2))?.name
  return province ? `${province}${countyName(code)}${nameBelowCounty(code)}` : code
}
