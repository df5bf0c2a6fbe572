import { chineseDate } from '../../documents/papers/chinese.ts'
import type { Block } from '../../documents/papers/paper.ts'
import { correctionFields, correctionMaterials, findOpenedCorrections } from '../../db/corrections.ts'
import type { CorrectionField, CorrectionMaterial } from '../../db/corrections.ts'
import { departmentName, matterTitle } from '../../regions/titles.ts'
import { fieldLabel } from './field-label.ts'
import { materialsOf } from './materials-notice.ts'
import type { Notice } from './notice.ts'
import type { PaperScope } from './paper-scope.ts'

/** 补正通知书, one for each correction that the applicant was asked for. */
export async function correctionNotices(scope: PaperScope): Promise<Notice[]> {
  const { ctx, region, items } = scope
  const corrections = await findOpenedCorrections(ctx.db, items.map(({ id }) => id))
  return corrections.flatMap((correction): Notice[] => {
    const item = items.find(({ id }) => id === correction.item_id)
    if (!item || correction.opened_at === null) return []
    return [{
      id: `correction-${correction.id}`, kind: 'correction', title: '补正通知书', slug: item.slug, issuedAt: correction.opened_at,
      issuer: departmentName(region, item.department),
      blocks: () => correctionText(scope, item.slug, {
        fields: correctionFields(correction), materials: correctionMaterials(correction), deadline: correction.deadline
      })
    }]
  })
}

export interface AskedCorrection {
  readonly fields: readonly CorrectionField[]
  readonly materials: readonly CorrectionMaterial[]
  /** Day until which it can be made; null while none is set. */
  readonly deadline: string | null
}

/** The words of a 补正通知书, for one that was issued and for one that is still being written. */
export async function correctionText(
  scope: PaperScope, slug: string, { fields, materials, deadline }: AskedCorrection
): Promise<Block[]> {
  const { region } = scope
  const reason = (code: string, text: string): string =>
    [region.reasonCodes.find(one => one.code === code)?.text, text].filter(Boolean).join('：')
  const names = new Map(materials.length > 0 ? (await materialsOf(scope)).map(({ code, name }) => [code, name]) : [])
  const asked = [
    ...fields.map(({ path, reasonCode, text }) => [`填写内容：${fieldLabel(scope, path)}`, reason(reasonCode, text)]),
    ...materials.map(({ code, reasonCode, text }) => [`申请材料：${names.get(code) ?? code}`, reason(reasonCode, text)])
  ]
  const until = deadline === null ? '' : `请在${chineseDate(deadline)}前（含当日）补正以下内容；`
  return [
    {
      kind: 'text',
      text: `您申请办理的“${matterTitle(region, slug)}”需要补正。${until}通知中没有列出的内容不需要重新提交，其他事项继续办理，不受影响。`
    },
    {
      kind: 'grid', columns: ['序号', '需要补正的内容', '原因和要求'],
      rows: asked.map(([what, why], index) => [String(index + 1), what ?? '', why ?? '']), widths: [0.5, 2.5, 4]
    },
    { kind: 'text', text: '补正期间不计入办理期限。逾期没有补正的，该事项按撤回处理，您可以重新申请。' }
  ]
}
