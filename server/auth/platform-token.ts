import type { RequestHandler } from 'express'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import type { Config } from '../../core/config.ts'
import { AppError } from '../../core/errors.ts'
import type { CryptoProvider } from '../crypto/crypto-provider.ts'
import type { RegionCatalogue } from '../regions/catalogue.ts'
import { accountKey } from '../services/person-keys.ts'
import { setActor } from './actor.ts'

/** Codes by which jose says that it could not get the keys, whatever the token is. */
const WITHOUT_KEYS: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'])

/**
 * Accepts the client-credentials token of a provincial platform (Authorization: Bearer). A request with such a header is the
 * platform's or nobody's: its cookie is not looked at. Throws AppError TOKEN_INVALID (401), SERVICE_UNAVAILABLE (503) while the
 * identity server's keys cannot be had, so that a platform with a good token comes again.
 */
export function acceptPlatformTokens(
  { publicUrl, departmentUrls }: Pick<Config, 'publicUrl' | 'departmentUrls'>,
  crypto: Pick<CryptoProvider, 'keyedHash'>,
  regions: Pick<RegionCatalogue, 'all' | 'platform'>,
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(`${departmentUrls.identity}/jwks`), { timeoutDuration: 5_000 })
): RequestHandler {
  return async (req, _res, next) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(req.headers.authorization ?? '')?.[1]
    if (!token) {
      if (req.headers.authorization !== undefined) throw new AppError('TOKEN_INVALID')
      return next()
    }
    const { payload } = await jwtVerify(token, known(keys), {
      issuer: departmentUrls.identity, audience: publicUrl, requiredClaims: ['sub', 'exp'], clockTolerance: 5
    }).catch((cause: unknown) => { throw cause instanceof AppError ? cause : new AppError('TOKEN_INVALID', { cause }) })
    if (!isPlatform(payload)) throw new AppError('TOKEN_INVALID')
    const client = String(payload.sub)
    // Which region a platform speaks for is our own data's to say, not the token's.
    const region = regions.all().find(({ slug }) => regions.platform(slug)?.clientId === client)
    if (!region) throw new AppError('TOKEN_INVALID')
    setActor(req, {
      key: accountKey(crypto, `platform:${client}`),
      account: client,
      roles: ['platform'],
      region: region.slug,
      department: null,
      division: null,
      personKey: null
    })
    next()
  }
}

/** Tells keys that could not be fetched from a token for which there is none. */
function known(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (cause) {
      if (cause instanceof errors.JOSEError && !WITHOUT_KEYS.has(cause.code)) throw cause
      throw new AppError('SERVICE_UNAVAILABLE', { detail: '统一身份认证暂时无法访问，请稍后再试。', retryAfter: 5, cause })
    }
  }
}

/** The identity server says it by scope or by role, whichever it was set up for. */
function isPlatform({ scope, roles }: JWTPayload): boolean {
  return (typeof scope === 'string' && scope.split(' ').includes('platform')) || (Array.isArray(roles) && roles.includes('platform'))
}
