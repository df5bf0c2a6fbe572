import { createServer } from 'node:http'
import express from 'express'
import * as oidc from 'openid-client'
import { OIDC_SECRET, startForTest } from '../support.ts'
import type { TestDepartments } from '../support.ts'
import { freePorts } from '../../support/ports.ts'

export interface RelyingParty {
  readonly publicUrl: string
  readonly identityUrl: string
  readonly departments: TestDepartments
  readonly configuration: oidc.Configuration
  /** Claims of those who have come back, by session cookie. */
  readonly sessions: ReadonlyMap<string, Record<string, unknown>>
  stop(): Promise<void>
}

/** A web server that is small but real: /api/v1/auth/login and /api/v1/auth/callback, against the real identity stand-in. */
export async function startRelyingParty(): Promise<RelyingParty> {
  const [port] = await freePorts(1)
  const publicUrl = `http://localhost:${port}`
  const departments = await startForTest(['identity'], { publicUrl })
  const identityUrl = departments.urls.identity
  const configuration = await oidc.discovery(new URL(identityUrl), 'yijianshi-server', OIDC_SECRET, undefined, {
    execute: [oidc.allowInsecureRequests]
  })
  const sessions = new Map<string, Record<string, unknown>>()
  const server = createServer(createApp(publicUrl, configuration, sessions))
  await new Promise<void>(resolve => { server.listen(port, resolve) })
  return {
    publicUrl, identityUrl, departments, configuration, sessions,
    async stop() {
      server.closeAllConnections()
      await new Promise(resolve => { server.close(resolve) })
      await departments.end()
    }
  }
}

function createApp(publicUrl: string, configuration: oidc.Configuration, sessions: Map<string, Record<string, unknown>>): express.Express {
  const app = express()
  const pending = new Map<string, { verifier: string; nonce: string }>()
  app.get('/api/v1/auth/login', async (_, response) => {
    const [state, verifier, nonce] = [oidc.randomState(), oidc.randomPKCECodeVerifier(), oidc.randomNonce()]
    pending.set(state, { verifier, nonce })
    response.redirect(oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: `${publicUrl}/api/v1/auth/callback`, scope: 'openid profile yijianshi', state, nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256'
    }).href)
  })
  app.get('/api/v1/auth/callback', async (request, response) => {
    const state = String(request.query.state)
    const { verifier = '', nonce = '' } = pending.get(state) ?? {}
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(request.url, publicUrl), {
      expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true
    })
    const claims = { ...tokens.claims() }
    const userinfo = await oidc.fetchUserInfo(configuration, tokens.access_token, String(claims.sub))
    sessions.set(state, { claims, userinfo, idToken: tokens.id_token })
    response.cookie('fw_sid', state, { httpOnly: true, sameSite: 'lax' }).redirect('/')
  })
  app.get('/', (_, response) => { response.type('html').send('<!doctype html><title>办事首页</title><h1>办事首页</h1>') })
  return app
}
