import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Values = Readonly<Record<string, string>>

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** Text with each `{{name}}` replaced; an unknown name is a mistake of the template. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`the template asks for {{${name}}}`)
    return values[name]
  })
}

/** A text that lies beside this file, filled. */
export const fillFile = (name: string, values: Values): string => fill(readFileSync(join(HERE, name), 'utf8'), values)

/**
 * Writes the template `kind` below `root`: `<kind>/<room>/…` becomes `<room>/<region>/…`, and `slug` in a path that of
 * the matter. A file that exists is never overwritten (an error of the file system says so). Gives the paths below `root`.
 */
export function writeTemplate(kind: 'region' | 'matter', root: string, values: Values): string[] {
  const folder = join(HERE, kind)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
  return files.map(file => {
    const [room = '', ...rest] = file.split(sep)
    // TypeScript with gaps to fill is none yet, so it lies here as text.
    const name = rest.join('/').replace(/\bslug\b/, values.slug ?? '').replace(/\.ts\.txt$/, '.ts')
    const target = join(room, values.region!, name)
    mkdirSync(dirname(join(root, target)), { recursive: true })
    writeFileSync(join(root, target), fillFile(join(kind, file), values), { flag: 'wx' })
    return target
  })
}
