import { capitalYuan } from '../../../core/money.ts'
import { listBlock, totalRow } from '../../documents/papers/form-blocks.ts'
import { fieldOf, isTable, propertiesOf, rowsOf } from '../../documents/papers/form-values.ts'
import type { Sum } from '../../documents/papers/form-blocks.ts'
import type { FormValue } from '../../documents/papers/form-values.ts'
import type { Block } from '../../documents/papers/paper.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { departmentName } from '../../regions/titles.ts'
import { withAssessments } from './assessed-content.ts'
import type { Notice } from './notice.ts'
import { applicantName } from './paper-scope.ts'
import type { PaperScope } from './paper-scope.ts'

/** 社会保险费申报表: the rows that were approved with the amounts that the tax department assessed, as soon as there is one. */
export function declarationSheets(scope: PaperScope): Notice[] {
  const { region, items, rows } = scope
  const declaring = region.matters.filter(({ hasRows }) => hasRows).map(({ slug }) => slug)
  return items.filter(({ slug }) => declaring.includes(slug)).flatMap((item): Notice[] => {
    const approved = rows.filter(row => row.item_id === item.id && row.outcome === 'approved')
    if (approved.length === 0) return []
    return [{
      id: `declaration-${item.id}`, kind: 'declaration', title: '社会保险费申报表', slug: item.slug,
      issuedAt: Math.max(...approved.map(row => row.decided_at ?? row.updated_at)),
      issuer: departmentName(region, item.department), style: 'sheet', blocks: () => sheetBlocks(scope, item, approved)
    }]
  })
}

function sheetBlocks(scope: PaperScope, item: Item, approved: readonly ItemRow[]): Block[] {
  const { ctx, region, content } = scope
  const { schema, ui } = ctx.regions.form(region.slug, item.slug)
  const sums = (schema['x-sum'] ?? []) as readonly Sum[]
  const values = withAssessments(onlyApproved(scope, item, approved), item.slug)
  const properties = propertiesOf(schema, ui, values)
  const { idNumber } = (content.common.person ?? {}) as { idNumber?: string }
  const payer = [
    { label: '缴费人', cell: applicantName(scope), isWide: false }, { label: '证件号码', cell: idNumber ?? '', isWide: false }
  ]
  const totals = sums.filter(({ total }) => Number.isSafeInteger(values[total]))
  const inCapitals = totals.map(({ total }) => ({
    label: `${properties.find(({ key }) => key === total)?.schema.title ?? ''}（大写）`, cell: capitalYuan(values[total] as number), isWide: true
  }))
  const isTotal = ({ key }: FormValue) => sums.some(({ total }) => total === key)
  const plain = properties.filter(one => isPlain(one) && !isTotal(one))
  return [
    { kind: 'fields', fields: [...payer, ...plain.map(property => fieldOf(region, property))] },
    ...properties.filter(isTable).map(property => listBlock(region, property, totalRow(property, sums, values))),
    { kind: 'fields', fields: inCapitals },
    { kind: 'text', text: '表中金额单位：元（列至角分）。应缴费额由税务部门核定；标“实缴费额”的为已经到账的金额。' }
  ]
}

/** A sheet has the rows that were approved and no other. */
function onlyApproved(scope: PaperScope, { slug }: Item, approved: readonly ItemRow[]): PaperScope {
  const written = scope.content.items[slug] ?? {}
  const rows = rowsOf(written.rows).filter(row => approved.some(({ insurance }) => insurance === row.insurance))
  const items = { ...scope.content.items, [slug]: { ...written, rows } }
  return { ...scope, rows: approved, content: { ...scope.content, items } }
}

function isPlain({ schema }: FormValue): boolean {
  return schema.type !== 'object' && schema.type !== 'array'
}
