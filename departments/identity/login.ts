import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type Provider from 'oidc-provider'
import type { Log } from '../../core/log.ts'
import type { Accounts } from './accounts.ts'
import { createLoginLimit } from './login-limit.ts'
import { loginPage } from './pages.ts'
import type { LoginProblem } from './pages.ts'

export interface LoginOptions {
  readonly provider: Provider
  readonly accounts: Accounts
  readonly publicUrl: string
  readonly log: Log
  readonly now?: () => number
}

// The same words for a wrong password and for an account that does not exist.
const WRONG = '账号或密码不正确'
const TOO_MANY = '尝试次数过多，请在 15 分钟后再试'

/** The login page and its form; the provider sends people here and takes over again when they have logged in. */
export function loginRoutes(options: LoginOptions): Router {
  const { provider } = options
  const limit = createLoginLimit(options.now)
  const router = Router()
  router.get('/interaction/:uid', async (request, response) => {
    const { params } = await provider.interactionDetails(request, response)
    const account = typeof params.login_hint === 'string' ? params.login_hint.slice(0, 100) : ''
    show(options, request, response, { status: 200, account, problems: [] })
  })
  const readForm = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 10 })
  router.post('/interaction/:uid', readForm, async (request, response) => {
    await provider.interactionDetails(request, response)
    const account = textOf(request, 'account').trim()
    const password = textOf(request, 'password')
    const fail = (status: number, message: string): void =>
      show(options, request, response, { status, account, problems: [{ field: 'account', message }] })
    const missing = emptyFields(account, password)
    if (missing.length > 0) return show(options, request, response, { status: 400, account, problems: missing })
    const address = request.socket.remoteAddress ?? ''
    if (!limit.allows(account, address)) {
      return fail(429, TOO_MANY)
    }
    const accountId = options.accounts.verify(account, password)
    if (accountId === undefined) {
      limit.fail(account, address)
      options.log.warn({ event: 'login:failed' }, '登录失败')
      return fail(401, WRONG)
    }
    limit.succeed(account, address)
    await provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false })
  })
  return router
}

interface Shown {
  readonly status: number
  readonly account: string
  readonly problems: readonly LoginProblem[]
}

function show({ publicUrl, accounts }: LoginOptions, request: Request, response: Response, shown: Shown): void {
  const { status, account, problems } = shown
  const action = `/interaction/${encodeURIComponent(String(request.params.uid))}`
  if (status === 429) response.set('retry-after', '900')
  response.status(status).type('html').send(loginPage({ action, account, problems, backUrl: `${publicUrl}/`, listed: accounts.listed }))
}

function emptyFields(account: string, password: string): LoginProblem[] {
  const problems: LoginProblem[] = []
  if (account === '') problems.push({ field: 'account', message: '请填写账号' })
  if (password === '') problems.push({ field: 'password', message: '请填写密码' })
  return problems
}

function textOf(request: Request, name: string): string {
  const value: unknown = request.body?.[name]
  return typeof value === 'string' ? value.slice(0, 200) : ''
}
