import { errors, Provider } from 'oidc-provider'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { Accounts } from './accounts.ts'
import { platformRegion } from '../common/platform-client.ts'
import { createClients } from './clients.ts'
import type { ClientOptions } from './clients.ts'
import type { IdentityKeys } from './keys.ts'
import { createMemoryAdapter } from './memory-adapter.ts'
import { errorPage, loggedOutPage, logoutPage } from './pages.ts'

export interface ProviderOptions extends ClientOptions {
  readonly issuer: string
  readonly accounts: Accounts
  readonly keys: IdentityKeys
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const CLAIMS = ['roles', 'region', 'department', 'division', 'person']

/** The OpenID provider: authorization code with PKCE for people, client credentials for the regions' platforms. */
export function createProvider(options: ProviderOptions): Provider {
  const provider = new Provider(options.issuer, configuration(options))
  // Behind a TLS terminator the forwarded headers say what the browser used.
  provider.proxy = options.issuer.startsWith('https:')
  return provider
}

function configuration({ accounts, keys, ...options }: ProviderOptions): Configuration {
  return {
    adapter: createMemoryAdapter(),
    clients: createClients(options),
    jwks: keys.jwks as Configuration['jwks'],
    cookies: {
      keys: [...keys.cookieKeys],
      names: { session: 'idp_sid', interaction: 'idp_interaction', resume: 'idp_resume' }
    },
    claims: { openid: ['sub'], profile: ['name'], yijianshi: CLAIMS },
    scopes: ['openid', 'profile', 'yijianshi'],
    // The web server reads the claims from the ID token, which spares it a second question.
    conformIdTokenClaims: false,
    pkce: { required: (_, client) => client.grantTypeAllowed('authorization_code') },
    findAccount: (_, account) => accounts.find(account),
    loadExistingGrant: grantEverything,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    clientBasedCORS: () => false,
    ttl: {
      AccessToken: 10 * MINUTE, AuthorizationCode: MINUTE, ClientCredentials: 10 * MINUTE, IdToken: HOUR,
      Interaction: HOUR, Session: 8 * HOUR, Grant: 8 * HOUR
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: platformTokens(options),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => { ctx.body = logoutPage(form) },
        postLogoutSuccessSource: ctx => { ctx.body = loggedOutPage(options.publicUrl) }
      }
    },
    extraTokenClaims: (_, token) => {
      const region = token.kind === 'ClientCredentials' && platformRegion(options.platformRegions, String(token.clientId))
      return region ? { region, roles: ['platform'] } : undefined
    },
    renderError(ctx, { error }) {
      ctx.type = 'html'
      ctx.body = errorPage(options.publicUrl, String(error))
    }
  }
}

/** Platforms get a JWT for our interface without asking; the web server's tokens are for the identity server itself. */
function platformTokens({ publicUrl, platformRegions }: ClientOptions): NonNullable<Configuration['features']>['resourceIndicators'] {
  return {
    enabled: true,
    defaultResource: (_, client) => (platformRegion(platformRegions, client.clientId) ? publicUrl : []),
    getResourceServerInfo(_, resource, client) {
      if (resource !== publicUrl || !platformRegion(platformRegions, client.clientId)) throw new errors.InvalidTarget()
      return {
        scope: 'platform', audience: publicUrl, accessTokenFormat: 'jwt', accessTokenTTL: 10 * MINUTE,
        jwt: { sign: { alg: 'RS256' } }
      }
    }
  }
}

/** No consent screen: who logs in here does so for this one service, run by the same government. */
async function grantEverything(ctx: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { oidc } = ctx
  const { client, session, provider } = oidc
  if (!client || !session?.accountId) return undefined
  const known = session.grantIdFor(client.clientId)
  const grant = (known && await provider.Grant.find(known)) ||
    new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid profile yijianshi')
  await grant.save()
  return grant
}
