import { createHmac } from 'node:crypto'
import type { ClientMetadata } from 'oidc-provider'

export interface ClientOptions {
  readonly publicUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Each has a platform. */
  readonly platformRegions: readonly string[]
}

const PLATFORM_PREFIX = 'yijianshi-platform-'

/** Client of a region's platform, `yijianshi-platform-<region>`. */
export function platformClientId(region: string): string {
  return PLATFORM_PREFIX + region
}

/** Region of a platform's client; undefined for any other client. */
export function platformRegion(regions: readonly string[], clientId: string): string | undefined {
  return regions.find(region => platformClientId(region) === clientId)
}

/** Secret of a platform's client: hex HMAC-SHA256 of its id by OIDC_CLIENT_SECRET; no further secret is needed. */
export function platformClientSecret(clientSecret: string, region: string): string {
  return createHmac('sha256', clientSecret).update(platformClientId(region)).digest('hex')
}

/** Whom the identity server knows: the web server (code and PKCE) and one platform per region (client credentials). */
export function createClients({ publicUrl, clientId, clientSecret, platformRegions }: ClientOptions): ClientMetadata[] {
  return [
    {
      client_id: clientId,
      client_secret: clientSecret,
      client_name: '灵活就业参保“一件事”',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${publicUrl}/api/v1/auth/callback`],
      post_logout_redirect_uris: [`${publicUrl}/`],
      token_endpoint_auth_method: 'client_secret_post'
    },
    ...platformRegions.map((region): ClientMetadata => ({
      client_id: platformClientId(region),
      client_secret: platformClientSecret(clientSecret, region),
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_post'
    }))
  ]
}
