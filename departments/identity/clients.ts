import type { ClientMetadata } from 'oidc-provider'
import { platformClientId, platformClientSecret } from '../common/platform-client.ts'

export interface ClientOptions {
  readonly publicUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Each has a platform. */
  readonly platformRegions: readonly string[]
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
