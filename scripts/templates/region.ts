import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { provinces } from '../../core/provinces.ts'
import type { Region } from '../../core/region.ts'
import { writeTemplate } from './fill.ts'
import { checkNames, newMatter } from './matter.ts'
import type { NewMatter } from './matter.ts'

export interface NewRegion {
  readonly slug: string
  readonly name: string
  /** Six digits of GB/T 2260, ending in 0000; a province that no region has, to be replaced, when left out. */
  readonly code?: string
  readonly matter: Omit<NewMatter, 'region'>
}

/** Folders of the rooms that are no region's. */
const TAKEN = ['common', 'runtime']
/** Those of the template's region.json that handle matters. */
const DEPARTMENTS = ['hrss', 'medical', 'tax']

/**
 * Writes a region that runs, with one matter, below `root`. Gives the paths that were written.
 * @throws Error in Chinese, before anything is written, for a slug that is malformed or taken, or a wrong or taken code
 */
export function newRegion(root: string, { slug, name, code, matter }: NewRegion): string[] {
  if (!/^[a-z]{2,20}$/.test(slug)) throw new Error(`地区代号“${slug}”不合规则：2至20个小写字母，如地区名称的拼音`)
  if (TAKEN.includes(slug)) throw new Error(`地区代号“${slug}”另有用途，请换一个`)
  if (/[<>&"'`\\{}]/.test(name) || !/\p{Script=Han}/u.test(name)) throw new Error(`地区名称“${name}”不合规则：用汉字，不含引号、尖括号和花括号`)
  const taken = ['processes', 'forms', 'workers', 'regions'].map(room => join(room, slug)).find(path => existsSync(join(root, path)))
  if (taken) throw new Error(`地区“${slug}”已经存在（${taken}），不会覆盖`)
  checkNames(matter)
  if (!DEPARTMENTS.includes(matter.department)) throw new Error(`没有部门“${matter.department}”：只能是 ${DEPARTMENTS.join('、')}`)
  const province = codeOf(root, code)
  const values = {
    region: slug, name, code: `${province}0000`, prefix: province, city: `${province}0100`, home: `${province}0102`,
    exampleId: idNumber(`${province}0102199003070`, '02'), agentId: idNumber(`${province}0102198806150`, '03'),
    id1: idNumber(`${province}0102199008160`, '24'), id2: idNumber(`${province}0102198503090`, '63'),
    id3: idNumber(`${province}0102199711020`, '91')
  }
  const written = writeTemplate('region', root, values)
  return [...new Set([...written, ...newMatter(root, { ...matter, region: slug })])]
}

function codeOf(root: string, code: string | undefined): string {
  const known = readdirSync(join(root, 'regions')).map(region => join(root, 'regions', region, 'region.json')).filter(path => existsSync(path))
    .map(path => (JSON.parse(readFileSync(path, 'utf8')) as Region).code)
  if (code === undefined) return provinces.find(province => !known.includes(province.code))!.code.slice(0, 2)
  if (!provinces.some(province => province.code === code)) {
    throw new Error(`没有行政区划代码为“${code}”的省份：省级代码为六位数字，后四位是0000，例如 430000（GB/T 2260）`)
  }
  if (known.includes(code)) throw new Error(`行政区划代码“${code}”已由另一个地区使用`)
  return code.slice(0, 2)
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A citizen's number of a made-up person, with its check character (GB 11643). */
function idNumber(start: string, sequence: string): string {
  const digits = start + sequence
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return digits + '10X98765432'[sum % 11]
}
