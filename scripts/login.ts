import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

export interface LoginOptions {
  /** Of the web server, e.g. http://localhost:3000. */
  readonly baseUrl: string
  readonly password: string
}

const MOST_STEPS = 12

/**
 * Logs an account in as a browser would: the web server's login address, the redirects to the identity server, its
 * form, and back. Returns the session cookie as `name=value`; throws with a Chinese message when any step fails.
 */
export async function login(account: string, { baseUrl, password }: LoginOptions): Promise<string> {
  const jar = new CookieJar()
  let url = new URL('/api/v1/auth/login', baseUrl)
  let form: URLSearchParams | undefined
  let isSent = false
  for (let step = 0; step < MOST_STEPS; step++) {
    const response = await request(url, jar, form)
    const location = response.headers.get('location')
    const session = isSent ? jar.find(/^(__Host-)?fw_sid$/, url.hostname) : undefined
    const isCallback = url.pathname.endsWith('/auth/callback')
    if (isCallback && session && response.status < 400) return session
    if (location && response.status >= 300 && response.status < 400) {
      form = undefined
      url = new URL(location, url)
      continue
    }
    const text = await response.text()
    if (isSent || response.status !== 200) {
      throw new Error(`登录没有完成（${url.origin}${url.pathname} 返回 ${response.status}）：${problemOf(text)}`)
    }
    url = new URL(formAction(text), url)
    form = new URLSearchParams({ account, password })
    isSent = true
  }
  throw new Error('登录没有完成：跳转次数过多')
}

async function request(url: URL, jar: CookieJar, form: URLSearchParams | undefined): Promise<Response> {
  const cookie = jar.header(url)
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
    ...(form ? { body: form } : {}),
    signal: AbortSignal.timeout(15_000)
  }).catch((error: unknown) => {
    throw new Error(`无法访问 ${url.origin}，请确认系统已经启动`, { cause: error })
  })
  jar.keep(url, response.headers.getSetCookie())
  return response
}

function formAction(text: string): string {
  const action = /<form[^>]*method="post"[^>]*action="([^"]+)"/.exec(text)?.[1]
  if (!action) throw new Error('没有得到登录页面')
  return action.replaceAll('&amp;', '&')
}

/** What the page or problem body says went wrong. */
function problemOf(text: string): string {
  const places = [/<a href="#[a-z]+">([^<]+)<\/a>/, /"detail":"([^"]+)"/, /<h1>([^<]+)<\/h1>/]
  return places.map(place => place.exec(text)?.[1]).find(Boolean) ?? '原因不明'
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly path: string
}

/** Just enough of RFC 6265: cookies by host (ports share them) and path, replaced by name, dropped when they expire. */
class CookieJar {
  #cookies: Cookie[] = []

  keep(url: URL, headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map(part => part.trim())
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      const attribute = (wanted: string): string | undefined =>
        attributes.find(one => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
      const path = attribute('path') ?? '/'
      const isPast = Date.parse(attribute('expires') ?? '') <= Date.now()
      const isGone = value === '' || attribute('max-age') === '0' || isPast
      this.#cookies = this.#cookies.filter(one => one.name !== name || one.host !== url.hostname || one.path !== path)
      if (!isGone) this.#cookies.push({ name, value, host: url.hostname, path })
    }
  }

  header(url: URL): string {
    const isBelow = (path: string): boolean => `${url.pathname}/`.startsWith(path.replace(/\/?$/, '/'))
    return this.#cookies
      .filter(({ host, path }) => host === url.hostname && isBelow(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  find(name: RegExp, hostname: string): string | undefined {
    const found = this.#cookies.find(one => name.test(one.name) && one.host === hostname)
    return found && `${found.name}=${found.value}`
  }
}

function demoPassword(): string {
  const given = process.env.DEMO_PASSWORD
  if (given) return given
  const file = join(process.env.DATA_DIR || './var', 'secrets', 'demo-password')
  if (!existsSync(file)) throw new Error('没有演示口令：请设置 DEMO_PASSWORD，或先启动系统')
  return readFileSync(file, 'utf8').trim()
}

async function main(): Promise<void> {
  const account = process.argv[2]
  if (!account) throw new Error('用法：npm run -s login -- <账号>')
  const baseUrl = process.env.BASE_URL || `http://localhost:${process.env.PORT || '3000'}`
  process.stdout.write(`${await login(account, { baseUrl, password: demoPassword() })}\n`)
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(import.meta.filename)) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
}
