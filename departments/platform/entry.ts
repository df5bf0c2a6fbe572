import type { Express } from 'express'
import { AppError } from '../../core/errors.ts'
import type { PlatformOptions } from './types.ts'

/**
 * The button 去办理 on the platform: sends the browser to the service's door for logins that begin elsewhere (OpenID Connect
 * Core, 4), which leads through the unified identity into the chosen matters. Nothing of the person stands in the address.
 */
export function entryRoutes(app: Express, { publicUrl, issuer }: PlatformOptions): void {
  app.get('/v1/entry/:region', (request, response) => {
    const { region } = request.params
    const matters = String(request.query.matters ?? '')
    if (!/^[a-z]+$/.test(region)) throw new AppError('NOT_FOUND')
    const target = new URL(`${publicUrl}/apply/regions/${region}/start`)
    target.searchParams.set('matters', matters)
    const door = new URL(`${publicUrl}/api/v1/auth/initiate`)
    door.searchParams.set('iss', issuer())
    door.searchParams.set('target_link_uri', target.href)
    const hint = request.query.login_hint
    if (typeof hint === 'string') door.searchParams.set('login_hint', hint)
    response.redirect(302, door.href)
  })
}
