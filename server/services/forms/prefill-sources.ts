import { formatInstant } from '../../../core/dates.ts'

/** Where a prefilled value comes from, in words. What only development makes up says so. */
export const SOURCES = Object.freeze({
  identity: '统一身份认证',
  'id-card': '所持证件',
  'id-number': '由证件号码得出',
  'data-sharing': '公共数据平台',
  'last-application': '上次申请',
  'common-part': '申请表公共信息',
  today: '系统日期',
  default: '默认值',
  example: '演示数据'
})

export type SourceKind = keyof typeof SOURCES

/** Where one prefilled field comes from. */
export interface FieldSource {
  /** JSON pointer into the form's content. */
  readonly path: string
  readonly source: SourceKind
  readonly text: string
  /** When the source said so, RFC 3339; null when that means nothing. */
  readonly at: string | null
  /** The source has the last word: the field is shown, not asked. */
  readonly isReadOnly: boolean
}

/** Values from one source. */
export interface Layer {
  readonly source: SourceKind
  readonly values: Readonly<Record<string, unknown>>
  /** Business instant, ms. */
  readonly at?: number
  /** The fields for which this source has the last word. */
  readonly authoritative?: ReadonlySet<string>
}

/** Lays the layers on each other, the last uppermost, and says for each field below `path` whose value it has now. */
export function overlay(path: string, layers: readonly Layer[]): { values: Record<string, unknown>; sources: FieldSource[] } {
  const values: Record<string, unknown> = {}
  const sources = new Map<string, FieldSource>()
  for (const { source, values: own, at, authoritative } of layers) {
    for (const [name, value] of Object.entries(own)) {
      if (value === undefined || value === null || value === '') continue
      values[name] = value
      sources.set(name, {
        path: `${path}/${name}`, source, text: SOURCES[source],
        at: at === undefined ? null : formatInstant(at), isReadOnly: authoritative?.has(name) ?? false
      })
    }
  }
  return { values, sources: [...sources.values()] }
}
