import type { ErrorObject } from 'ajv'
import type { JsonSchema } from './form-bundle.ts'

/** One thing to mend in an application: JSON pointer into `{common, items, agent}`, stable code, Chinese sentence. */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly message: string
}

interface Phrase { readonly code: string; readonly text: (label: string, error: ErrorObject) => string }

const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3]/u

// Said of a schema that merely steers (`if`) or repeats what its parent says.
const SILENT = new Set(['if', 'anyOf', 'allOf'])
const BRANCH = /\/(?:oneOf|contains)\//

const phrases: Readonly<Record<string, Phrase>> = {
  required: { code: 'FIELD_REQUIRED', text: label => `请填写${label}` },
  minLength: { code: 'FIELD_REQUIRED', text: label => `请填写${label}` },
  maxLength: { code: 'FIELD_TOO_LONG', text: (label, { params }) => `${label}不能超过${params.limit}个字符` },
  pattern: { code: 'FIELD_FORMAT', text: label => `${label}格式不正确` },
  format: { code: 'FIELD_FORMAT', text: formatText },
  oneOf: { code: 'OPTION_UNKNOWN', text: label => `请在列表中选择${label}` },
  enum: { code: 'OPTION_UNKNOWN', text: label => `请在列表中选择${label}` },
  const: { code: 'OPTION_UNKNOWN', text: label => `请核对${label}` },
  type: { code: 'FIELD_TYPE', text: (label, { params }) => `${label}应为${typeName(String(params.type))}` },
  additionalProperties: { code: 'FIELD_UNKNOWN', text: label => `申请表没有“${label}”这一项，请删除` },
  'false schema': { code: 'FIELD_UNEXPECTED', text: label => `此处不需要填写${label}` },
  minItems: { code: 'ROWS_TOO_FEW', text: (label, { params }) => `${label}至少填写${params.limit}项` },
  maxItems: { code: 'ROWS_TOO_MANY', text: (label, { params }) => `${label}最多填写${params.limit}项` },
  uniqueItems: { code: 'ROW_DUPLICATE', text: label => `${label}不能重复` },
  contains: { code: 'OPTION_REQUIRED', text: label => `请核对${label}` },
  minimum: { code: 'NUMBER_RANGE', text: (label, { params }) => `${label}不能小于${params.limit}` },
  maximum: { code: 'NUMBER_RANGE', text: (label, { params }) => `${label}不能大于${params.limit}` }
}

/**
 * Ajv's findings about one part of the form as problems in plain Chinese that name the field (and the row it is in).
 * `base` is the part's own pointer (`/common`, `/items/<slug>`, `/agent`). One problem for each field: the first.
 */
export function toProblems(errors: readonly ErrorObject[], schema: JsonSchema, base: string): Problem[] {
  const byPath = new Map<string, Problem>()
  for (const error of errors) {
    if (SILENT.has(error.keyword) || BRANCH.test(error.schemaPath)) continue
    const place = placeOf(error)
    const path = `${base}${place}`
    if (!byPath.has(path)) byPath.set(path, { path, ...say(error, fieldAt(schema, place)) })
  }
  return [...byPath.values()]
}

function say(error: ErrorObject, { label, isChoice }: Field): { code: string; message: string } {
  const own = (error.parentSchema as { 'x-messages'?: Record<string, string> } | undefined)?.['x-messages']
  const row = /^.*第\d+行的/.exec(label)?.[0] ?? ''
  if (error.keyword.startsWith('x-')) {
    const text = error.message ?? ''
    return { code: String(error.params.code), message: text.startsWith('不') ? `${label}${text}` : `${row && `${row.slice(0, -1)}：`}${text}` }
  }
  if (error.keyword === 'pattern' && typeof error.data === 'string' && EMOJI.test(error.data)) {
    return { code: 'CHARACTER_NOT_ALLOWED', message: `${label}不能含有表情符号` }
  }
  if (error.keyword === 'format' && error.params.format === 'date') return { code: 'DATE_INVALID', message: formatText(label, error) }
  if (error.keyword === 'required' && isChoice) return { code: 'FIELD_REQUIRED', message: `请选择${label}` }
  const phrase = phrases[error.keyword] ?? { code: 'FIELD_INVALID', text: (name: string) => `${name}填写有误` }
  const text = own?.[error.keyword]
  // An empty field is a missing one, whatever else its schema says of short texts.
  if (error.keyword === 'pattern' && error.data === '') return { code: 'FIELD_REQUIRED', message: `请填写${label}` }
  if (text === undefined) return { code: phrase.code, message: phrase.text(label, error) }
  const code = error.keyword === 'minLength' && error.data !== '' ? 'FIELD_FORMAT' : phrase.code
  return { code, message: error.data === '' ? `请填写${label}` : `${row && `${row.slice(0, -1)}：`}${text}` }
}

function formatText(label: string, { params, data }: ErrorObject): string {
  if (data === '') return `请填写${label}`
  if (params.format !== 'date') return `${label}格式不正确`
  const shown = String(data).length <= 10 ? `“${String(data)}”` : '填写的内容'
  return `${label}：${shown}不是有效日期，请按“年-月-日”填写，例如2026-04-20`
}

// The missing or surplus member itself, not the object that lacks or has it.
function placeOf({ instancePath, params }: ErrorObject): string {
  const member = (params.missingProperty ?? params.additionalProperty) as string | undefined
  return member === undefined ? instancePath : `${instancePath}/${escapePointer(member)}`
}

const escapePointer = (name: string) => name.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')

interface Field { readonly label: string; readonly isChoice: boolean }

/** “变更事项第2行的变更后” for `/changes/1/after`: titles as the form shows them. */
function fieldAt(schema: JsonSchema, pointer: string): Field {
  let here: JsonSchema | undefined = schema
  let title = ''
  let row = ''
  for (const segment of pointer.split('/').slice(1)) {
    if (here?.type === 'array') {
      row = `${title}第${Number(segment) + 1}行`
      here = here.items as JsonSchema | undefined
      title = ''
    } else {
      here = (here?.properties as Record<string, JsonSchema> | undefined)?.[segment]
      title = (here?.title as string | undefined) ?? segment
    }
  }
  const isChoice = here?.oneOf !== undefined || here?.type === 'boolean'
  if (row === '') return { label: title || '此部分', isChoice }
  return { label: title === '' ? row : `${row}的${title}`, isChoice }
}

function typeName(type: string): string {
  const names: Record<string, string> = {
    string: '文字', integer: '整数', number: '数字', boolean: '“是”或“否”', array: '列表', object: '一组内容'
  }
  return names[type] ?? '其他类型'
}
