import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Request, Response } from 'express'
import { actorOf } from '../auth/actor.ts'
import { applicationOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import type { Paper } from '../documents/papers/paper.ts'
import { renderPaper } from '../documents/papers/render.ts'
import { zipped } from '../documents/zip.ts'
import { evidenceOf } from '../services/papers/evidence.ts'
import { formPaper } from '../services/papers/form-paper.ts'
import { listNotices, openNotice } from '../services/papers/notices.ts'
import { paperScope } from '../services/papers/paper-scope.ts'
import type { PaperScope } from '../services/papers/paper-scope.ts'
import { receiptPaper } from '../services/papers/receipt-paper.ts'
import { blankPaper, filledPaper, listSignedPapers } from '../services/papers/signed-papers.ts'

/** The papers of an application as PDF/A. Who may see the application sees as much of it here as in its view. */
export function paperRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const scopeOf = (req: Request): Promise<PaperScope> => paperScope(ctx, actorOf(req), applicationOf(req))

  router.get('/applications/:id/form.pdf', async (req, res) => {
    await send(res, await formPaper(await scopeOf(req)))
  })

  router.get('/applications/:id/receipt.pdf', async (req, res) => {
    await send(res, receiptPaper(await scopeOf(req)))
  })

  router.get('/applications/:id/notices', async (req, res) => {
    res.json(await listNotices(await scopeOf(req)))
  })

  router.get('/applications/:id/notices/:notice.pdf', async (req, res) => {
    const { paper, title } = await openNotice(await scopeOf(req), req.params.notice)
    await send(res, paper, title)
  })

  router.get('/applications/:id/papers/:paper.pdf', async (req, res) => {
    await send(res, filledPaper(await scopeOf(req), req.params.paper))
  })

  router.get('/applications/:id/evidence.zip', async (req, res) => {
    const scope = await scopeOf(req)
    const files = await evidenceOf(scope, actorOf(req))
    res.attachment(`证据包-${scope.application.number}.zip`).set('Content-Type', 'application/zip')
    await pipeline(zipped(files, ctx.clock.now()), res)
  })

  router.get('/regions/:region/papers', (req, res) => {
    res.json({ papers: listSignedPapers(ctx, req.params.region) })
  })

  router.get('/regions/:region/papers/:paper.pdf', async (req, res) => {
    await send(res, blankPaper(ctx, req.params.region, req.params.paper), undefined, '空白')
  })

  return router
}

/** Always a download, never shown under our name; the number of the case is no personal data and may stand in the file name. */
async function send(res: Response, paper: Paper, title: string = paper.title, state = '草稿'): Promise<void> {
  const bytes = await renderPaper(paper)
  const fileName = [title.replace(/[\\/:*?"<>|“”]/g, ''), paper.number ?? state].join('-')
  res.attachment(`${fileName}.pdf`).set('Content-Type', 'application/pdf')
    .set('Content-Security-Policy', "default-src 'none'; sandbox").end(bytes)
}
