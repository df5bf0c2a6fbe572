import { formatYuan } from '../../../core/money.ts'
import type { Region } from '../../../core/region.ts'
import { chineseDay } from '../../documents/papers/chinese.ts'
import type { Block, Field } from '../../documents/papers/paper.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { departmentName, insuranceTitle, matterTitle } from '../../regions/titles.ts'
import type { Notice } from './notice.ts'
import { applicantName } from './paper-scope.ts'
import type { PaperScope } from './paper-scope.ts'

const METHODS: Readonly<Record<string, string>> = { online: '线上反馈', mail: '邮寄送达', window: '窗口领取' }
const PAYMENTS: Readonly<Record<string, string>> = { due: '待缴', paid: '已缴', failed: '未缴成' }

/** 办结结果, one for each approved item, with the receipts of the department. */
export function resultNotices(scope: PaperScope): Notice[] {
  const { region, items, rows } = scope
  return items.filter(({ outcome }) => outcome === 'approved').map(item => ({
    id: `result-${item.id}`, kind: 'result', title: '办结结果通知书', slug: item.slug,
    issuedAt: item.decided_at ?? item.updated_at, issuer: departmentName(region, item.department),
    blocks: () => resultBlocks(scope, item, rows.filter(row => row.item_id === item.id))
  }))
}

function resultBlocks(scope: PaperScope, item: Item, rows: readonly ItemRow[]): Block[] {
  const { region, application } = scope
  const title = matterTitle(region, item.slug)
  const field = (label: string, cell: string, isWide = false): Field => ({ label, cell, isWide })
  return [
    { kind: 'text', text: `您申请办理的“${title}”已经办结，结果如下：` },
    {
      kind: 'fields',
      fields: [
        field('办理事项', title, true), field('申请人', applicantName(scope)), field('办件编号', application.number ?? ''),
        field('办理部门', departmentName(region, item.department)), field('办理结果', region.decisionWords.approved),
        field('办结日期', dayOf(item.decided_at)), field('送达方式', METHODS[item.delivery_method ?? ''] ?? '——'),
        ...rows.length === 0 ? [field('回执编号', item.receipt_number ?? '——'), field('回执日期', dayOf(item.receipt_issued_at))] : []
      ]
    },
    ...rows.length > 0 ? [rowsBlock(scope, rows)] : [],
    { kind: 'text', text: '本结果由办理部门的业务系统作出，回执编号可在该部门查询。感谢您的配合，欢迎在“我的办件”中评价。' }
  ]
}

function rowsBlock({ region }: PaperScope, rows: readonly ItemRow[]): Block {
  return {
    kind: 'grid', title: '各险种办理结果', columns: ['险种', '结果', '回执编号', '应缴费额（元）', '缴费情况'], widths: [2.4, 1, 2.2, 1.3, 1],
    rows: rows.map(row => [
      insuranceTitle(region, row.insurance), outcomeOf(region, row), row.receipt_number ?? '——',
      row.outcome === 'approved' && row.amount_fen !== null ? formatYuan(row.amount_fen) : '——', PAYMENTS[row.payment_status ?? ''] ?? '——'
    ])
  }
}

function outcomeOf({ decisionWords }: Region, { outcome }: ItemRow): string {
  const words: Readonly<Record<string, string>> = { ...decisionWords, withdrawn: '已撤回' }
  return words[outcome ?? ''] ?? '办理中'
}

function dayOf(instant: number | null): string {
  return instant === null ? '——' : chineseDay(instant)
}
