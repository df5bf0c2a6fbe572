import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Router } from 'express'
import type { RequestHandler } from 'express'
import { AppError } from '../../core/errors.ts'

const BUILT = fileURLToPath(new URL('../../web/dist/', import.meta.url))
/** Faces whose components write styles into the page themselves: they get a nonce, the policy stays without unsafe-inline. */
const FACES = {
  apply: { writesStyles: false }, desk: { writesStyles: true }, oversight: { writesStyles: true }, studio: { writesStyles: true }
} as const
const ASSET = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(js|css|svg|png|woff2)$/

/** The built pages of `web/`: each face answers every path below its own, its page knows the rest. `folder` ends with a slash. */
export function webRoutes(folder: string = BUILT): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/assets/:file', asset(folder))
  for (const [face, { writesStyles }] of Object.entries(FACES)) {
    router.get([`/${face}`, `/${face}/{*rest}`], page(`${folder}${face}.html`, writesStyles))
  }
  return router
}

/** The name of a built file carries the hash of what is in it, so it may be kept for ever; it lies there compressed as well. */
function asset(folder: string): RequestHandler<{ file: string }> {
  return (req, res, next) => {
    const { file } = req.params
    if (!ASSET.test(file) || !existsSync(`${folder}assets/${file}`)) throw new AppError('NOT_FOUND')
    res.vary('Accept-Encoding').type(file.slice(file.lastIndexOf('.')))
    const isCompressed = req.acceptsEncodings('gzip', 'identity') === 'gzip' && existsSync(`${folder}assets/${file}.gz`)
    if (isCompressed) res.set('Content-Encoding', 'gzip')
    res.sendFile(isCompressed ? `${file}.gz` : file, { root: `${folder}assets`, maxAge: '365d', immutable: true, etag: false }, next)
  }
}

function page(file: string, writesStyles: boolean): RequestHandler {
  return async (_req, res) => {
    const html = await readFile(file, 'utf8').catch(() => undefined)
    if (html === undefined) throw new AppError('NOT_FOUND', { detail: '页面尚未生成，请先运行 npm run build。' })
    res.set('Cache-Control', 'no-cache').type('html')
    if (!writesStyles) return void res.send(html)
    const nonce = randomBytes(16).toString('base64')
    const policy = String(res.getHeader('Content-Security-Policy')).replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`)
      // A PDF among the materials is shown beside the form, from memory.
      + ';frame-src blob:'
    res.set('Content-Security-Policy', policy).set('Cache-Control', 'no-store')
    res.send(html.replace('name="style-nonce" content=""', `name="style-nonce" content="${nonce}"`))
  }
}
