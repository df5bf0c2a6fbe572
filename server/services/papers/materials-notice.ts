import type { Block } from '../../documents/papers/paper.ts'
import { matterTitle } from '../../regions/titles.ts'
import { noticesOf } from '../forms/form-bundle.ts'
import { materialsNeeded } from '../materials/needed.ts'
import type { MaterialForm, RequiredMaterial } from '../policy/required-materials.ts'
import type { Notice } from './notice.ts'
import type { PaperScope } from './paper-scope.ts'

const FORMS: Readonly<Record<MaterialForm, string>> = { original: '原件', copy: '复印件', electronic: '电子件' }

/** 一次性告知书: given at acceptance, all materials and notices of the selection at once (行政许可法 第三十二条, by analogy). */
export function materialsNotices(scope: PaperScope): Notice[] {
  const { region, application: { accepted_at } } = scope
  if (accepted_at === null) return []
  return [{
    id: 'materials', kind: 'materials', title: '一次性告知书', slug: null, issuedAt: accepted_at,
    issuer: `${region.name}“一件事”受理窗口`, blocks: () => materialsBlocks(scope)
  }]
}

/** Those of the scope's own matters. A masked form still says which groups and rows it has, and nothing else decides. */
export function materialsOf({ ctx, application, matters, content }: PaperScope): Promise<RequiredMaterial[]> {
  return materialsNeeded(ctx, application, content, matters)
}

async function materialsBlocks(scope: PaperScope): Promise<Block[]> {
  const { ctx, region, matters } = scope
  const materials = await materialsOf(scope)
  const isForAll = (material: RequiredMaterial): boolean => material.matters.length === matters.length
  return [
    { kind: 'text', text: '您申请办理的灵活就业参保“一件事”所需的全部材料和办理须知，现一次性告知如下。同一材料用于多个事项的，只需提交一份。' },
    {
      kind: 'grid', title: '申请材料',
      columns: ['序号', '材料名称', '适用事项', '形式', '要求和说明', '依据'],
      rows: materials.map((material, index) => [
        String(index + 1), material.name,
        isForAll(material) ? '所选各事项' : material.matters.map(slug => matterTitle(region, slug)).join('、'),
        FORMS[material.form], remarks(material), material.clause
      ]),
      widths: [0.6, 1.8, 1.6, 0.8, 2.2, 2.2]
    },
    ...matters.flatMap((slug): Block[] => {
      const lines = noticesOf(ctx.regions.form(region.slug, slug))
      return lines.length > 0 ? [{ kind: 'notes', title: `办理须知：${matterTitle(region, slug)}`, lines }] : []
    })
  ]
}

function remarks({ required, condition, standard, licence }: RequiredMaterial): string {
  return [required ? '必交' : '符合条件时提交', condition, standard, licence ? '有电子证照或可通过数据共享核验的，免提交' : null]
    .filter(Boolean).join('；')
}
