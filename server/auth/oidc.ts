import * as oidc from 'openid-client'
import type { Config } from '../../core/config.ts'
import { AppError } from '../../core/errors.ts'
import type { PendingLogin } from './session.ts'

export type Claims = Readonly<Record<string, unknown>>

/** The identity server as we use it: authorisation code with PKCE. */
export interface Identity {
  /** Where to send the browser, and what has to come back. Throws AppError SERVICE_UNAVAILABLE while the server is down. */
  begin(returnTo: string, loginHint?: string): Promise<{ url: string; pending: PendingLogin }>
  /** Exchanges the code of the call-back for the account's claims. Throws AppError LOGIN_FAILED. */
  finish(callbackUrl: URL, pending: PendingLogin): Promise<Claims>
  /** Where to end the session at the identity server too; null when it offers no such page or is down. */
  endSessionUrl(): Promise<string | null>
  /** Whether the identity server answers (for /readyz). */
  isReady(): Promise<boolean>
}

const SCOPE = 'openid profile yijianshi'
const DOWN = '统一身份认证暂时无法访问，请稍后再登录。'
const TIMEOUT_SECONDS = 5

type Settings = Pick<Config, 'publicUrl' | 'oidcClientId' | 'oidcClientSecret' | 'departmentUrls'>

/** Its metadata is read at the first use and again after a failure: the server starts while the identity server is down. */
export function createIdentity({ publicUrl, oidcClientId, oidcClientSecret, departmentUrls }: Settings): Identity {
  const issuer = new URL(departmentUrls.identity)
  let known: Promise<oidc.Configuration> | undefined
  const discover = (): Promise<oidc.Configuration> => {
    known ??= oidc.discovery(issuer, oidcClientId, oidcClientSecret, undefined, {
      // Plain http is for the stand-in of a development machine; https needs no permission.
      execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      timeout: TIMEOUT_SECONDS
    }).catch((cause: unknown) => {
      known = undefined
      throw new AppError('SERVICE_UNAVAILABLE', { detail: DOWN, cause })
    })
    return known
  }

  return {
    async begin(returnTo, loginHint) {
      const configuration = await discover()
      const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), returnTo }
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: `${publicUrl}/api/v1/auth/callback`,
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        ...(loginHint === undefined ? {} : { login_hint: loginHint })
      })
      return { url: url.href, pending }
    },
    async finish(callbackUrl, { state, nonce, verifier }) {
      const configuration = await discover()
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, callbackUrl, {
          expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true
        })
        const idToken = tokens.claims()
        if (!idToken) throw new Error('no ID token')
        // Identity servers that follow the letter keep the claims for the second question.
        return 'roles' in idToken ? idToken : { ...idToken, ...await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub) }
      } catch (cause) {
        if (isUnreachable(cause)) throw new AppError('SERVICE_UNAVAILABLE', { detail: DOWN, cause })
        throw new AppError('LOGIN_FAILED', { cause })
      }
    },
    async endSessionUrl() {
      const configuration = await discover().catch(() => null)
      if (!configuration?.serverMetadata().end_session_endpoint) return null
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${publicUrl}/` }).href
    },
    isReady: () => discover().then(() => true, () => false)
  }
}

/** `fetch` reports a refused connection as TypeError and a time-out as an error of that name. */
function isUnreachable(error: unknown): boolean {
  const { name, code, cause } = (error ?? {}) as { name?: string; code?: string; cause?: unknown }
  return name === 'TypeError' || name === 'TimeoutError' || code === 'OAUTH_TIMEOUT' || (cause !== undefined && isUnreachable(cause))
}
