import { createHmac } from 'node:crypto'

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
