import type { Response } from 'express'
import type { Paper } from '../documents/papers/paper.ts'
import { renderPaper } from '../documents/papers/render.ts'

/**
 * Always a download, never shown under our name; the number of the case is no personal data and may stand in the file name.
 * `state` takes its place while there is none.
 */
export async function sendPaper(
  res: Response, paper: Paper, { title = paper.title, state = '草稿' }: { readonly title?: string; readonly state?: string } = {}
): Promise<void> {
  const bytes = await renderPaper(paper)
  const fileName = [title.replace(/[\\/:*?"<>|“”]/g, ''), paper.number ?? state].join('-')
  res.attachment(`${fileName}.pdf`).set('Content-Type', 'application/pdf')
    .set('Content-Security-Policy', "default-src 'none'; sandbox").end(bytes)
}
