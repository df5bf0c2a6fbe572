import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DepartmentSystem } from '../../core/config.ts'
import { createLog } from '../../core/log.ts'
import { startDepartments } from '../../departments/start.ts'
import type { RunningDepartments, StartOptions } from '../../departments/start.ts'

export const SECRET = 'a-secret-of-call-backs'
export const PASSWORD = 'a-demo-password'
export const OIDC_SECRET = 'a-secret-of-the-client'

/** Somebody of whom nobody has heard: valid, but in no register. */
export const stranger = { name: '无名氏', idType: 'resident-id', idNumber: '11010519491231002X' }
/** citizen-gx-1. */
export const citizen = { name: '韦晓敏', idType: 'resident-id', idNumber: '450103199008160244' }

export interface TestDepartments extends RunningDepartments {
  readonly dataDir: string
  /** Stops the processes' apps and starts them again on the same data. */
  restart(change?: Partial<StartOptions>): Promise<TestDepartments>
  /** Stops and removes the data. */
  end(): Promise<void>
}

/** Starts some departments on free ports with a data folder of their own. */
export async function startForTest(names: readonly DepartmentSystem[], change: Partial<StartOptions> = {}): Promise<TestDepartments> {
  const dataDir = change.dataDir ?? await mkdtemp(join(tmpdir(), 'departments-'))
  const running = await startDepartments({
    names, dataDir, dayMs: 1000, internalUrl: 'http://127.0.0.1:9', callbackSecret: SECRET, callbackRetryMs: 20,
    publicUrl: 'http://localhost:3000', oidcClientId: 'yijianshi-server', oidcClientSecret: OIDC_SECRET,
    demoPassword: PASSWORD, log: createLog({ level: 'silent' }), ...change
  })
  return {
    ...running,
    dataDir,
    async restart(further = {}) {
      await running.stop()
      return startForTest(names, { ...change, ...further, dataDir })
    },
    async end() {
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  // Answers are compared field by field; a type for each of a dozen kinds would say the same twice.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any
}

/** Sends one request of a kind. */
export function send(url: string, kind: string, requestId: string, fields: object, headers: Record<string, string> = {}): Promise<Reply> {
  return call(`${url}/v1/requests/${kind}`, 'POST', fields, { 'x-request-id': requestId, ...headers })
}

export async function call(url: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  stop(): Promise<void>
}

/** A server that keeps what it is sent and answers as told. */
export async function startReceiver(status: () => number = () => 202): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => { text += String(chunk) })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, text })
      response.writeHead(status()).end()
    })
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise(resolve => { server.close(resolve) })
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, stop }
}
