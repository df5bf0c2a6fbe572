import { AppError } from '../../../core/errors.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { deleteSomeMaterials, findMaterials } from '../../db/materials.ts'
import { bindPages } from '../../documents/bind-pages.ts'
import { removeStoredFile } from '../../documents/uploads.ts'
import { keepFile, openMaterial, requireOpen } from '../materials/uploads.ts'

/** The pages of one paper, uploaded one by one; the order is that of the paper. */
export interface ScannedPages {
  readonly code: string
  readonly slug?: string
  readonly pages: readonly string[]
  /** What it is called, for the file's name. */
  readonly name: string
}

/**
 * 纸质材料电子化转换: binds scanned pages to one PDF, which takes their place.
 * @throws AppError ALREADY_SUBMITTED, MATERIAL_UNKNOWN for a page of another application or material, FILE_TYPE_UNSUPPORTED for
 *   one that is no picture, FILE_TOO_LARGE
 */
export async function bindScans(ctx: ServerContext, actor: Actor, application: Application, scanned: ScannedPages) {
  const { code, slug, pages, name } = scanned
  await requireOpen(ctx, application)
  const known = (await findMaterials(ctx.db, application.id)).filter(one => one.code === code)
  const sources = pages.map((id, index) => {
    const page = known.find(one => one.id === id)
    const problem = { path: `/pages/${index}`, code: 'MATERIAL_UNKNOWN', message: `没有第 ${index + 1} 页，请重新扫描这一页` }
    if (!page) throw new AppError('MATERIAL_UNKNOWN', { fields: [problem] })
    if (!page.media_type.startsWith('image/')) {
      throw new AppError('FILE_TYPE_UNSUPPORTED', { detail: '只有图片可以合成一份，PDF 请单独上传。' })
    }
    return page
  })
  const pictures = await Promise.all(sources.map(async ({ id }) => (await openMaterial(ctx, application, id)).bytes))
  const bytes = await bindPages(pictures, name, ctx.clock.now())
  const file = { bytes, mediaType: 'application/pdf', code, slug: slug ?? null, fileName: `${name}（共${pages.length}页）.pdf` }
  const material = await keepFile(ctx, actor, application, file)
  await ctx.db.transaction(async trx => {
    await appendAudit(trx, {
      chain: application.id, type: 'scan-bound', actor: auditActor(actor), at: ctx.clock.now(),
      data: { code, materialId: material.id, pages: pages.length }
    })
    await deleteSomeMaterials(trx, application.id, pages)
  })
  await Promise.all(sources.map(({ stored_name }) => removeStoredFile(ctx.config.dataDir, stored_name)))
  return material
}
