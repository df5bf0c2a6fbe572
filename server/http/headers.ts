import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Security headers: scripts and styles from our own files only, no eval, no framing. `isSecure` (https) adds HSTS.
 */
export function securityHeaders(isSecure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {})
      }
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' }
  })
}

/** Answers of the interface are somebody's data: no cache keeps them. */
export const neverCached: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store')
  next()
}
