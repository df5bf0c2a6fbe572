import type { paths } from '../../shared/api.generated.ts'

export type Outline = paths['/definitions/{key}/versions/{version}/outline']['get']['responses']['200']['content']['application/json']

type Line = Outline['lines'][number]

export interface Branch {
  readonly line: Line
  readonly inner: readonly Branch[]
}

/** The lines as their numbers nest them: 4.2 lies in 4. */
export function treeOf(lines: readonly Line[], prefix = ''): Branch[] {
  const depth = prefix.split('.').length
  return lines.filter(({ number }) => number.startsWith(prefix) && number.split('.').length === depth)
    .map(line => ({ line, inner: treeOf(lines, `${line.number}.`) }))
}
