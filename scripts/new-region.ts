import { provinces } from '../core/provinces.ts'
import { readArguments, run } from './templates/arguments.ts'
import { fillFile } from './templates/fill.ts'
import { newRegion } from './templates/region.ts'

const USAGE = 'npm run new:region -- <地区代号> [--name 名称] [--code 省级行政区划代码] '
  + '[--matter 首个事项代号] [--title 事项名称] [--department hrss|medical|tax]'

/** Writes the folders of a region that runs, with its first matter, and prints what designer and lawyer have to do next. */
run(() => {
  const { target: slug, root, options } = readArguments(USAGE, ['name', 'code', 'matter', 'title', 'department'])
  const { code } = options
  const { name = provinces.find(province => province.code === code)?.name ?? `新地区（${slug}）` } = options
  const { matter = 'employment-registration', title = '灵活就业人员就业登记', department = 'hrss' } = options
  const first = { slug: matter, title, department }
  const written = newRegion(root, { slug, name, matter: first, ...(code === undefined ? {} : { code }) })
  return `${written.map(path => `  ${path}`).join('\n')}\n\n${fillFile('region-checklist.txt', { region: slug, matter })}`
})
