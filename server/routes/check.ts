import { Router } from 'express'
import type { ServerContext } from '../context.ts'
import { chineseDay } from '../documents/papers/chinese.ts'
import { paperCheckLimit } from '../http/limits.ts'
import { escapeHtml, htmlPage } from '../http/page.ts'
import { checkPaper } from '../services/papers/check-paper.ts'
import type { GenuinePaper } from '../services/papers/check-paper.ts'

const NUMBER = /^[A-Za-z0-9-]{1,50}$/
const CODE = /^[A-Za-z0-9]{1,20}$/

/** The page that the QR code of a paper leads to; printed on paper, so this address stays as it is. */
export function checkRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/check', paperCheckLimit(), async (req, res) => {
    const { number, code } = req.query
    const isReadable = typeof number === 'string' && typeof code === 'string' && NUMBER.test(number) && CODE.test(code)
    const paper = isReadable ? await checkPaper(ctx, number, code) : null
    res.status(paper ? 200 : 404).set('Cache-Control', 'no-store').type('html').send(paper ? genuine(paper) : unknown)
  })

  return router
}

/** Nothing that was sent is written into the page: what it shows comes from our own records. */
function genuine({ title, number, issuedAt, region }: GenuinePaper): string {
  const facts = [['文书', title], ['办件编号', number], ['出具日期', chineseDay(issuedAt)], ['地区', region]]
  const list = facts.map(([term, fact]) => `<dt>${term}</dt><dd>${escapeHtml(fact!)}</dd>`).join('')
  return htmlPage({ heading: '文书真实', tone: 'genuine', body: `<dl>${list}</dl><p>以上内容与您手中的文书一致，即为本系统出具。</p>` })
}

const unknown = htmlPage({
  heading: '没有查到这份文书',
  tone: 'unknown',
  body: '<p>请核对二维码或校验码。文书有疑问的，请到政务服务窗口核实，或拨打12345。</p>'
})
