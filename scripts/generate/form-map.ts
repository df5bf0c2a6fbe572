import { readFormFields, schemaFields } from './form-fields.ts'
import type { FormEntry, SchemaField } from './form-fields.ts'
import { nameOf, regionsWith } from './regions.ts'

const KINDS = { field: '栏目', option: '选项', note: '说明' } as const

/** docs/form-map.md: everything that the printed forms hold and where it is filled; then the fields beyond them. */
export function formMapPage(): string {
  return ['# 申请表与表单对照', '',
    'Made from `regions/<region>/form-fields.json` and `forms/<region>/` by `npm run generate`. `part#/field` is a field of',
    '`forms/<region>/part.schema.json` (`*` = each row), `part.ui#/…` a place in `part.ui.json`.', '',
    ...regionsWith('form-fields.json').flatMap(chapter)].join('\n')
}

function chapter(region: string): string[] {
  const { annex, notice, sections } = readFormFields(region)
  const fields = schemaFields(region)
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0)
  return [`## ${nameOf(region)}：${annex}`, '', `原文：\`${notice}\`；${count} 项。`, '',
    ...sections.flatMap(({ part, entries }) => [`### ${part}`, '', '| 印制 | 种类 | 填写处 |', '|---|---|---|',
      ...entries.map(entry => `| ${cell(entry.label)} | ${KINDS[entry.kind]} | ${placeOf(entry)} |`), '']),
    `### ${annex}之外的栏目`, '', '| 栏目 | 填写处 | 依据 |', '|---|---|---|', ...fields.flatMap(extraRow), '']
}

function placeOf({ path, values, matter, filledAt }: FormEntry): string {
  if (matter !== undefined) return `\`matters\` 含 \`${matter}\``
  if (path === undefined) return filledAt ?? ''
  return values ? `\`${path}\` = ${values.map(value => `\`${value}\``).join(' ')}` : `\`${path}\``
}

function extraRow({ path, title, extra }: SchemaField): string[] {
  return extra === undefined ? [] : [`| ${cell(title)} | \`${path}\` | ${cell(extra)} |`]
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('_', '\\_').replace(/\s+/g, ' ')
