import { shanghaiDate } from '../../../core/dates.ts'
import { capitalYuan, sumFen } from '../../../core/money.ts'
import { listBlock, totalRow } from '../../documents/papers/form-blocks.ts'
import { fieldOf, isTable, propertiesOf, rowsOf } from '../../documents/papers/form-values.ts'
import type { Sum } from '../../documents/papers/form-blocks.ts'
import type { FormValue } from '../../documents/papers/form-values.ts'
import type { Block } from '../../documents/papers/paper.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { departmentName } from '../../regions/titles.ts'
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
  const { ctx, region, application, content } = scope
  const { schema, ui } = ctx.regions.form(region.slug, item.slug)
  const written = content.items[item.slug] ?? {}
  const rows = rowsOf(written.rows).flatMap(row => assessed(row, approved))
  const sums = (schema['x-sum'] ?? []) as readonly Sum[]
  const totals = Object.fromEntries(sums.map(({ part, total }) => [total, sumFen(rows.map(row => Number(row[part] ?? 0)))]))
  const values = { declaredOn: shanghaiDate(application.submitted_at ?? application.created_at), ...written, rows, ...totals }
  const properties = propertiesOf(schema, ui, values)
  const { idNumber } = (content.common.person ?? {}) as { idNumber?: string }
  const payer = [
    { label: '缴费人', cell: applicantName(scope), isWide: false }, { label: '证件号码', cell: idNumber ?? '', isWide: false }
  ]
  const inCapitals = sums.map(({ total }) => ({
    label: `${properties.find(({ key }) => key === total)?.schema.title ?? ''}（大写）`, cell: capitalYuan(totals[total] ?? 0), isWide: true
  }))
  return [
    { kind: 'fields', fields: [...payer, ...properties.filter(one => isPlain(one) && !(one.key in totals)).map(property => fieldOf(region, property))] },
    ...properties.filter(isTable).map(property => listBlock(region, property, totalRow(property, sums, values))),
    { kind: 'fields', fields: inCapitals },
    { kind: 'text', text: '表中金额单位：元（列至角分）。应缴费额由税务部门核定；标“实缴费额”的为已经到账的金额。' }
  ]
}

/** A declared row with what was assessed and paid; nothing when it was not approved. */
function assessed(row: Record<string, unknown>, approved: readonly ItemRow[]): Record<string, unknown>[] {
  const stored = approved.find(({ insurance }) => insurance === row.insurance)
  if (!stored) return []
  const due = stored.amount_fen ?? row.dueFen
  return [{ ...row, dueFen: due, paidFen: stored.payment_status === 'paid' ? due : row.paidFen ?? 0 }]
}

function isPlain({ schema }: FormValue): boolean {
  return schema.type !== 'object' && schema.type !== 'array'
}
