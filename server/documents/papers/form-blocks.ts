import { formatYuan } from '../../../core/money.ts'
import type { Region } from '../../../core/region.ts'
import type { FormPart } from '../../services/forms/form-bundle.ts'
import { fieldOf, isPrinted, isTable, propertiesOf, rowsOf, textOf } from './form-values.ts'
import type { FormValue } from './form-values.ts'
import type { Block } from './paper.ts'

/**
 * One part of the form as it is printed: the fields in the order of the page, each list as a table, then the 业务办理须知.
 * Everything comes from schema and ui, nothing is known of any matter.
 */
export function formBlocks(region: Region, { schema, ui }: FormPart, value: unknown, title: string): Block[] {
  const sums = (schema['x-sum'] ?? []) as readonly Sum[]
  // A total stands below its column, as on the printed form.
  const isTotal = ({ key }: FormValue): boolean => sums.some(({ total }) => total === key)
  const properties = propertiesOf(schema, ui, value).filter(property => isPrinted(property) && !isTotal(property))
  const groups = groupsOf(properties)
  const blocks = groups.map((group): Block => Array.isArray(group)
    ? { kind: 'fields', fields: group.map(property => fieldOf(region, property)) }
    : listBlock(region, group, totalRow(group, sums, value)))
  const notices = (ui.notices ?? []) as readonly string[]
  const all: Block[] = notices.length > 0 ? [...blocks, { kind: 'notes', title: '业务办理须知', lines: notices }] : blocks
  const [first, ...rest] = all
  // Title and first table are one, so that no page ends with a title alone.
  if (first?.kind === 'fields' || first?.kind === 'grid') return [{ ...first, title }, ...rest]
  return [{ kind: 'fields', title, fields: [] }, ...all]
}

/** `x-sum` of a schema: the members of `rows` named `part` add up to `total`. */
export interface Sum {
  readonly rows: string
  readonly part: string
  readonly total: string
}

/** The row 合计 of a list of which something is summed; undefined for any other list. An amount that is not known stays blank. */
export function totalRow({ key, schema, value: rows }: FormValue, sums: readonly Sum[], value: unknown): string[] | undefined {
  const own = sums.filter(sum => sum.rows === key)
  if (own.length === 0) return undefined
  const values = (value ?? {}) as Record<string, unknown>
  const amount = (total: unknown): string => Number.isSafeInteger(total) ? formatYuan(total as number) : ''
  const cells = columnsOf(schema.items as FormPart['schema'], rowsOf(rows)).map(column => {
    const sum = own.find(({ part }) => part === column.key)
    return sum ? amount(values[sum.total]) : '——'
  })
  return ['合计', ...cells]
}

/** A list as table with a column for each property; an empty list keeps one empty row, as on paper. */
export function listBlock(region: Region, { key, schema, value }: FormValue, total?: readonly string[]): Block {
  const items = schema.items as FormPart['schema']
  // The schema has the columns in the order of the printed form; the page asks first what the rest depends on.
  const written = rowsOf(value)
  const columns = columnsOf(items, written)
  const isColumn = ({ key: name }: FormValue): boolean => columns.some(column => column.key === name)
  const rows = written.map((row, index) =>
    [String(index + 1), ...propertiesOf(items, {}, row).filter(isColumn).map(property => bare(textOf(region, property)))])
  return {
    kind: 'grid',
    title: String(schema.title ?? key),
    columns: ['序号', ...columns.map(column => String(column.schema.title ?? column.key))],
    rows: rows.length > 0 ? rows : [['', ...columns.map(() => '')]],
    widths: [0.6, ...columns.map(({ schema: { maxLength, format } }) => Number(maxLength ?? 0) >= 100 || format === 'date' ? 1.6 : 1.1)],
    ...(total ? { total } : {})
  }
}

/** The columns of a list: those of 附件2, and beyond them what any row has filled in. */
export function columnsOf(items: FormPart['schema'], rows: readonly Record<string, unknown>[]): FormValue[] {
  return propertiesOf(items, {}, {}).filter(({ key, schema }) => rows.some(row => isPrinted({ schema, value: row[key] })) || isPrinted({ schema, value: '' }))
}

/** Heading of a matter's section in the words of 附件2, which the schema quotes. */
export function sectionTitle({ schema }: FormPart): string {
  const quoted = /^附件\d+\s*(勾选[^。]*)/.exec(String(schema.description ?? ''))?.[1]
  return quoted ? `以下信息${quoted}` : String(schema.title ?? '')
}

/** Fields that follow each other stay together; a list stands between them. */
function groupsOf(properties: readonly FormValue[]): (FormValue[] | FormValue)[] {
  const groups: (FormValue[] | FormValue)[] = []
  for (const property of properties) {
    const last = groups.at(-1)
    if (isTable(property)) groups.push(property)
    else if (Array.isArray(last)) last.push(property)
    else groups.push([property])
  }
  return groups
}

// The unit stands in the notes (单位：元，列至角分); a narrow column has no room to repeat it.
function bare(text: string): string {
  return /^-?[\d,]+\.\d{2}元$/.test(text) ? text.slice(0, -1) : text
}
