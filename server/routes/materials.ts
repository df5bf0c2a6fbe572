import { Router } from 'express'
import { AppError } from '../../core/errors.ts'
import { actorOf } from '../auth/actor.ts'
import { applicationOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import { verifyOriginal } from '../services/materials/originals.ts'
import { addMaterial, readMaterial } from '../services/materials/uploads.ts'
import { viewMaterials } from '../services/materials/view-materials.ts'

/** The materials of an application: what is needed and in which state, upload, download, and originals that were seen. */
export function materialRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.post('/applications/:id/materials', async (req, res) => {
    const files = Array.isArray(req.files) ? req.files : []
    const file = files[0]
    if (!file || files.length > 1 || file.fieldname !== 'file' || file.size === 0) throw new AppError('FILE_REQUIRED')
    const { code, slug } = req.body
    const application = applicationOf(req)
    const upload = { code, slug, path: file.path, fileName: file.originalname }
    const material = await addMaterial(ctx, actorOf(req), application, upload)
    res.status(201).location(`/api/v1/applications/${application.id}/materials/${material.id}`).json(material)
  })

  router.get('/applications/:id/materials', async (req, res) => {
    res.json(await viewMaterials(ctx, actorOf(req), applicationOf(req)))
  })

  router.post('/applications/:id/originals', async (req, res) => {
    const { code, way, note } = req.body
    await verifyOriginal(ctx, actorOf(req), applicationOf(req), { code, way, note })
    res.status(201).json(await viewMaterials(ctx, actorOf(req), applicationOf(req)))
  })

  router.get('/applications/:id/materials/:material', async (req, res) => {
    const { bytes, mediaType, fileName } = await readMaterial(ctx, actorOf(req), applicationOf(req), req.params.material)
    // Never shown in place: whatever it is, it does not run under our name.
    res.attachment(fileName).set('Content-Type', mediaType).set('Content-Security-Policy', "default-src 'none'; sandbox").end(bytes)
  })

  return router
}
