import { readArguments, run } from './templates/arguments.ts'
import { fillFile } from './templates/fill.ts'
import { newMatter } from './templates/matter.ts'

const USAGE = 'npm run new:matter -- <地区代号>/<事项代号> [--title 事项名称] [--department hrss|medical|tax]'

/** Writes a matter that runs into a region, and prints what designer and lawyer have to do next. */
run(() => {
  const { target, root, options } = readArguments(USAGE, ['title', 'department'])
  const [region = '', slug = '', ...more] = target.split('/')
  if (!region || !slug || more.length > 0) throw new Error(`用法：${USAGE}`)
  const { title = `新事项（${slug}）`, department = 'hrss' } = options
  const written = newMatter(root, { region, slug, title, department })
  return `${written.map(path => `  ${path}`).join('\n')}\n\n${fillFile('matter-checklist.txt', { region, slug, title })}`
})
