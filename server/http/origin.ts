import type { Request, RequestHandler } from 'express'
import { AppError } from '../../core/errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Answers only under the address the public knows (and loopback, for the machine itself): pages asked for under another
 * host are redirected, everything else is refused, so that no other name can be pointed at us (DNS rebinding).
 */
export function refuseOtherHosts(publicUrl: string): RequestHandler {
  const ours = new URL(publicUrl).host
  return (req, res, next) => {
    const host = req.headers.host
    if (isProbe(req) || host === ours || isLoopback(req, host)) return next()
    if (req.method !== 'GET' || req.path.startsWith('/api/')) throw new AppError('FORBIDDEN', { detail: `请使用 ${publicUrl} 访问。` })
    res.redirect(308, publicUrl + pathOf(req))
  }
}

/**
 * Refuses what another site makes a browser send. A script with the cookie and neither header passes: the headers are the
 * browser's own statement, and SameSite=Lax already keeps the cookie at home.
 */
export function refuseCrossSite(publicUrl: string): RequestHandler {
  const ours = new URL(publicUrl).origin
  return (req, _res, next) => {
    if (SAFE.has(req.method)) return next()
    const origin = req.headers.origin
    const isForeign = origin !== undefined && origin !== ours && !isLoopbackOrigin(req, origin)
    if (isForeign || req.headers['sec-fetch-site'] === 'cross-site') throw new AppError('CROSS_SITE_REQUEST')
    next()
  }
}

function isLoopbackOrigin(req: Request, origin: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  return protocol === 'http:' && isLoopback(req, host)
}

/** localhost and 127.0.0.1 with the port on which this request came in. */
function isLoopback(req: Request, host: string | undefined): boolean {
  const match = /^(.+):(\d+)$/.exec(host ?? '')
  return match !== null && LOOPBACK.has(match[1]!) && Number(match[2]) === req.socket.localPort
}

function isProbe(req: Request): boolean {
  return req.path === '/healthz' || req.path === '/readyz'
}

/** The path with its query, never the beginning of another address (`//host` would leave our site). */
function pathOf(req: Request): string {
  return `/${req.originalUrl.replace(/^[/\\]+/, '')}`
}
