import { groupBy } from '../../server/db/group-by.ts'

/** What is read of a bill of materials (CycloneDX 1.5): the packages with their licences. */
export interface Bom {
  readonly components: readonly Component[]
}

export interface Component {
  readonly name: string
  readonly version: string
  /** `optional` at the packages that only development needs. */
  readonly scope?: string
  readonly licenses?: readonly Licence[]
}

interface Licence {
  readonly license?: { readonly id?: string; readonly name?: string }
  readonly expression?: string
}

export interface LicenceRow {
  readonly licence: string
  readonly running: readonly string[]
  readonly development: readonly string[]
}

const UNKNOWN = '未注明'
const FEW = 4

/** Licences under which our whole program would have to be given away, and none of the choices named beside them is another. */
const REFUSED = /\b(A?GPL|SSPL|BUSL|CC-BY-NC)/

/** The packages by licence, the most frequent first; names in order, each once. */
export function licenceRows({ components }: Bom): LicenceRow[] {
  return [...groupBy(components, licenceOf)].map(([licence, members]) => ({
    licence,
    running: names(members.filter(({ scope }) => scope !== 'optional')),
    development: names(members.filter(({ scope }) => scope === 'optional'))
  })).sort((one, other) => sizeOf(other) - sizeOf(one) || one.licence.localeCompare(other.licence))
}

/** The rows whose licence does not let us hand on the program: packages that run with it, without another choice. */
export function refusedRows(rows: readonly LicenceRow[]): LicenceRow[] {
  const isRefused = (licence: string): boolean => licence.split(/ OR |，/).every(choice => REFUSED.test(choice))
  return rows.filter(({ licence, running }) => running.length > 0 && isRefused(licence))
}

/** A Markdown table of the rows; where few packages have a licence they are named. */
export function licenceTable(rows: readonly LicenceRow[]): string[] {
  const cell = (list: readonly string[]): string => (list.length > 0 && list.length <= FEW ? list.join('、') : String(list.length))
  return ['| 许可 | 运行所需 | 仅开发所需 |', '|---|---|---|',
    ...rows.map(({ licence, running, development }) => `| ${licence} | ${cell(running)} | ${cell(development)} |`)]
}

function licenceOf({ licenses = [] }: Component): string {
  const given = licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? '')
  return given.map(text => text.replace(/^\((.*)\)$/, '$1')).filter(Boolean).join('，') || UNKNOWN
}

const names = (components: readonly Component[]): string[] => [...new Set(components.map(({ name }) => name))].sort()

const sizeOf = ({ running, development }: LicenceRow): number => running.length + development.length
