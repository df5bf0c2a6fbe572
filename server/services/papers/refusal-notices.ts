import type { Region } from '../../../core/region.ts'
import type { Block } from '../../documents/papers/paper.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item, ItemReason } from '../../db/items.ts'
import { departmentName, insuranceTitle, matterTitle } from '../../regions/titles.ts'
import type { Notice } from './notice.ts'
import type { PaperScope } from './paper-scope.ts'

/** 行政复议法 第二十条 and 行政诉讼法 第四十六条: who is refused is told how and until when to object. */
const REMEDY = '如不服本决定，您可以自收到本告知书之日起六十日内依法申请行政复议，或者在六个月内依法向人民法院提起行政诉讼。情况发生变化或补齐条件后，您可以重新申请。'

/** 不予受理告知书: the application as a whole was not accepted. */
export function notAcceptedNotices(scope: PaperScope): Notice[] {
  const { region, application: { refused_at }, items } = scope
  const refused = items.filter(({ outcome }) => outcome === 'not-accepted')
  if (refused_at === null || refused.length === 0) return []
  return [{
    id: 'not-accepted', kind: 'not-accepted', title: '不予受理告知书', slug: null, issuedAt: refused_at,
    issuer: `${region.name}“一件事”受理窗口`,
    blocks: () => [
      { kind: 'text', text: '您提交的灵活就业参保“一件事”申请，经审查不符合受理条件，决定不予受理。各事项的理由和依据如下：' },
      {
        kind: 'grid', columns: ['序号', '办理事项', '理由', '依据'], widths: [0.5, 2, 3, 2],
        rows: refused
          .flatMap(item => reasonsOf(scope, item, null)
            .map(reason => [matterTitle(region, item.slug), reason.message, basisOf(reason)]))
          .map((cells, index) => [String(index + 1), ...cells])
      },
      { kind: 'text', text: REMEDY }
    ]
  }]
}

/** 不予核定告知书 or as the region calls it, one for each rejected item, or for each rejected row of a declaration. */
export function rejectedNotices(scope: PaperScope): Notice[] {
  return scope.items.filter(({ outcome }) => outcome !== 'not-accepted').flatMap(item => {
    const rows = scope.rows.filter(row => row.item_id === item.id)
    if (rows.length === 0) return item.outcome === 'rejected' ? [rejectedNotice(scope, item, null)] : []
    return rows.filter(({ outcome }) => outcome === 'rejected').map(row => rejectedNotice(scope, item, row))
  })
}

function rejectedNotice(scope: PaperScope, item: Item, row: ItemRow | null): Notice {
  return {
    id: `rejected-${row?.id ?? item.id}`, kind: 'rejected', title: rejectionTitle(scope.region), slug: item.slug,
    issuedAt: (row ?? item).decided_at ?? item.updated_at, issuer: departmentName(scope.region, item.department),
    blocks: () => rejectionText(scope.region, item.slug, row?.insurance ?? null, reasonsOf(scope, item, row))
  }
}

/** Title of the notice by which a region refuses. */
export function rejectionTitle({ decisionWords }: Region): string {
  return `${decisionWords.rejected}告知书`
}

/** The words of such a notice about a matter, or about one insurance of a declaration. */
export function rejectionText(
  region: Region, slug: string, insurance: string | null, reasons: readonly Pick<ItemReason, 'message' | 'clause' | 'rule_id'>[]
): Block[] {
  const title = matterTitle(region, slug)
  const what = insurance === null ? title : `${title}”中的“${insuranceTitle(region, insurance)}`
  return [
    { kind: 'text', text: `您申请办理的“${what}”，经审核不符合办理条件，决定${region.decisionWords.rejected}。理由和依据如下：` },
    {
      kind: 'grid', columns: ['序号', '理由', '依据'], widths: [0.5, 4.5, 2.5],
      rows: reasons.map((reason, index) => [String(index + 1), reason.message, basisOf(reason)])
    },
    { kind: 'text', text: `本决定只涉及上述${insurance === null ? '事项' : '险种'}，您同时申请的其他事项继续办理，不受影响。` },
    { kind: 'text', text: REMEDY }
  ]
}

function reasonsOf({ reasons }: PaperScope, item: Item, row: ItemRow | null): ItemReason[] {
  const own = (reasons.get(item.id) ?? []).filter(({ row_id }) => row_id === (row?.id ?? null))
  // One refusal may rest on the same clause several times; it is told once.
  return own.filter((reason, index) =>
    own.findIndex(({ message, clause }) => message === reason.message && clause === reason.clause) === index)
}

function basisOf({ clause, rule_id }: Pick<ItemReason, 'clause' | 'rule_id'>): string {
  return [clause, rule_id ? `规则${rule_id}` : null].filter(Boolean).join('，') || '——'
}
