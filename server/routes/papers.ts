import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Request, Response } from 'express'
import { actorOf } from '../auth/actor.ts'
import { applicationOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import { sendPaper } from '../http/send-paper.ts'
import { zipped } from '../documents/zip.ts'
import type { ZipEntry } from '../documents/zip.ts'
import { overseenCase } from '../services/oversight/overseen-case.ts'
import { evidenceOf } from '../services/papers/evidence.ts'
import { evidenceSigner } from '../services/papers/evidence-signature.ts'
import { formPaper } from '../services/papers/form-paper.ts'
import { listNotices, openNotice } from '../services/papers/notices.ts'
import { overseenScope, paperScope } from '../services/papers/paper-scope.ts'
import type { PaperScope } from '../services/papers/paper-scope.ts'
import { receiptPaper } from '../services/papers/receipt-paper.ts'
import { blankPaper, filledPaper, listSignedPapers } from '../services/papers/signed-papers.ts'

/** The papers of an application as PDF/A. Who may see the application sees as much of it here as in its view. */
export function paperRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const scopeOf = (req: Request): Promise<PaperScope> => paperScope(ctx, actorOf(req), applicationOf(req))

  router.get('/applications/:id/form.pdf', async (req, res) => {
    await sendPaper(res, await formPaper(await scopeOf(req)))
  })

  router.get('/applications/:id/receipt.pdf', async (req, res) => {
    await sendPaper(res, receiptPaper(await scopeOf(req)))
  })

  router.get('/applications/:id/notices', async (req, res) => {
    res.json(await listNotices(await scopeOf(req)))
  })

  router.get('/applications/:id/notices/:notice.pdf', async (req, res) => {
    const { paper, title } = await openNotice(await scopeOf(req), req.params.notice)
    await sendPaper(res, paper, { title })
  })

  router.get('/applications/:id/papers/:paper.pdf', async (req, res) => {
    await sendPaper(res, filledPaper(await scopeOf(req), req.params.paper))
  })

  router.get('/applications/:id/evidence.zip', async (req, res) => {
    const scope = await scopeOf(req)
    await sendPack(res, scope, await evidenceOf(scope, actorOf(req)))
  })

  router.get('/sla/cases/:id/evidence.zip', async (req, res) => {
    const scope = await overseenScope(ctx, await overseenCase(ctx, actorOf(req), req.params.id))
    await sendPack(res, scope, await evidenceOf(scope, actorOf(req), (req.query as { reason: string }).reason))
  })

  router.get('/evidence-key', (_req, res) => {
    res.json(evidenceSigner(ctx.config.hashKey).key)
  })

  router.get('/regions/:region/papers', (req, res) => {
    res.json({ papers: listSignedPapers(ctx, req.params.region) })
  })

  router.get('/regions/:region/papers/:paper.pdf', async (req, res) => {
    await sendPaper(res, blankPaper(ctx, req.params.region, req.params.paper), { state: '空白' })
  })

  return router
}

async function sendPack(res: Response, { ctx, application }: PaperScope, files: AsyncGenerator<ZipEntry>): Promise<void> {
  res.attachment(`证据包-${application.number}.zip`).set('Content-Type', 'application/zip')
  await pipeline(zipped(files, ctx.clock.now()), res)
}
