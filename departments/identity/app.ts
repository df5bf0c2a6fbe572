import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import express from 'express'
import type { ErrorRequestHandler, Express } from 'express'
import helmet from 'helmet'
import type Provider from 'oidc-provider'
import type { Log } from '../../core/log.ts'
import { closeServer, listenOn, urlOf } from '../common/http-server.ts'
import type { RunningDepartment } from '../common/types.ts'
import type { People } from '../people/index.ts'
import { createAccounts } from './accounts.ts'
import type { ClientOptions } from './clients.ts'
import { readOrMakeKeys } from './keys.ts'
import { loginRoutes } from './login.ts'
import type { LoginOptions } from './login.ts'
import { errorPage, STYLE_PATH } from './pages.ts'
import { createProvider } from './provider.ts'

export interface IdentityOptions extends Omit<ClientOptions, 'platformRegions'> {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  /** What the browser and the web server call it; the address it listens on when left out. */
  readonly issuer?: string
  /** Folder of the key file. */
  readonly dataDir: string
  readonly people: People
  readonly demoPassword: string
  readonly log: Log
}

/** The stand-in of the unified identity system: an OpenID provider with a login page of its own. */
export async function runIdentity(options: IdentityOptions): Promise<RunningDepartment> {
  const log = options.log.child({ department: 'identity' })
  const server = createServer()
  await listenOn(server, options.port, options.host)
  const url = urlOf(server, options.host)
  const issuer = options.issuer ?? url
  const accounts = createAccounts(options.people, options.demoPassword)
  const keys = await readOrMakeKeys(join(options.dataDir, 'identity-keys.json'))
  const provider = createProvider({ ...options, platformRegions: regionsOf(options.people), issuer, accounts, keys })
  provider.on('server_error', (_, error) => log.error({ err: error }, '统一身份认证出错'))
  server.on('request', createIdentityApp({ provider, accounts, publicUrl: options.publicUrl, log }))
  log.warn({ issuer }, '统一身份认证为演示系统，所有演示账号使用同一密码，不得用于生产')
  return { url, stop: () => closeServer(server) }
}

/** The regions that have staff. */
function regionsOf({ staff }: People): string[] {
  return [...new Set(staff.flatMap(({ region }) => region ?? []))]
}

function createIdentityApp(options: LoginOptions): Express {
  const { provider, publicUrl, log } = options
  const app = express()
  app.disable('x-powered-by')
  app.use(securityHeaders(publicUrl))
  app.get('/healthz', (_, response) => { response.json({ status: 'ok', department: 'identity' }) })
  const style = fileURLToPath(new URL('identity.css', import.meta.url))
  app.get(STYLE_PATH, (_, response) => { response.sendFile(style, { maxAge: '1h' }) })
  app.use(loginRoutes(options))
  app.use(provider.callback())
  app.use(errorHandler(provider, publicUrl, log))
  return app
}

/** No script at all; the form's answer leads through redirects to the web server, which form-action has to name. */
function securityHeaders(publicUrl: string): ReturnType<typeof helmet> {
  const isSecure = publicUrl.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], styleSrc: ["'self'"], imgSrc: ["'self'"], baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'", new URL(publicUrl).origin]
      }
    },
    strictTransportSecurity: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: false
  })
}

interface ProviderError {
  readonly status?: number
  readonly statusCode?: number
  readonly error?: string
}

function errorHandler(provider: Provider, publicUrl: string, log: Log): ErrorRequestHandler {
  return (error: unknown, _, response, next) => {
    if (response.headersSent) return next(error)
    const { statusCode, status = statusCode ?? 500, error: code = 'server_error' } = error as ProviderError
    if (status >= 500) log.error({ err: error, issuer: provider.issuer }, '统一身份认证出错')
    response.status(status).type('html').send(errorPage(publicUrl, code))
  }
}
