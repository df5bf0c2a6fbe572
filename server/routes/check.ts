import { readFileSync } from 'node:fs'
import { Router } from 'express'
import { chineseDay } from '../documents/papers/chinese.ts'
import type { ServerContext } from '../context.ts'
import { paperCheckLimit } from '../http/limits.ts'
import { checkPaper } from '../services/papers/check-paper.ts'
import type { GenuinePaper } from '../services/papers/check-paper.ts'

const NUMBER = /^[A-Za-z0-9-]{1,50}$/
const CODE = /^[A-Za-z0-9]{1,20}$/

/** The page that the QR code of a paper leads to; printed on paper, so this address stays as it is. */
export function checkRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const style = readFileSync(new URL('check.css', import.meta.url))

  router.get('/check.css', (_req, res) => {
    res.type('css').send(style)
  })

  router.get('/check', paperCheckLimit(), async (req, res) => {
    const { number, code } = req.query
    const isReadable = typeof number === 'string' && typeof code === 'string' && NUMBER.test(number) && CODE.test(code)
    const paper = isReadable ? await checkPaper(ctx, number, code) : null
    res.status(paper ? 200 : 404).set('Cache-Control', 'no-store').type('html').send(page(paper))
  })

  return router
}

/** Nothing that was sent is written into the page: what it shows comes from our own records. */
function page(paper: GenuinePaper | null): string {
  const heading = paper ? '文书真实' : '没有查到这份文书'
  const body = paper
    ? `<dl><dt>文书</dt><dd>${paper.title}</dd><dt>办件编号</dt><dd>${paper.number}</dd>`
      + `<dt>出具日期</dt><dd>${chineseDay(paper.issuedAt)}</dd><dt>地区</dt><dd>${paper.region}</dd></dl>`
      + '<p>以上内容与您手中的文书一致，即为本系统出具。</p>'
    : '<p>请核对二维码或校验码。文书有疑问的，请到政务服务窗口核实，或拨打12345。</p>'
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`
    + `<title>${heading} · 文书核验</title><link rel="stylesheet" href="/check.css"></head>`
    + `<body><main class="${paper ? 'genuine' : 'unknown'}"><p class="name">灵活就业参保“一件事” 文书核验</p><h1>${heading}</h1>${body}</main></body></html>`
}
