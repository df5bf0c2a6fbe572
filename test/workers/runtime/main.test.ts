import { expect } from 'chai'
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { freePorts } from '../../support/ports.ts'
import { until } from '../../support/until.ts'
import { sendJson, withServer } from '../fake-server.ts'

const MAIN = new URL('../../../workers/runtime/main.ts', import.meta.url)

function startMain(env: Record<string, string>): { child: ChildProcess, messages: unknown[], output: () => string } {
  const child = fork(MAIN, { execArgv: ['--import', 'tsx'], silent: true, env: { PATH: process.env.PATH, DATA_DIR: '/nonexistent', ...env } })
  const messages: unknown[] = []
  let output = ''
  child.on('message', message => messages.push(message))
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => { output += chunk.toString() })
  return { child, messages, output: () => output }
}
const exitOf = (child: ChildProcess) => new Promise<number | null>(resolve => child.once('exit', resolve))

describe('main of the workers', function () {
  this.timeout(60_000)

  for (const end of ['SIGTERM', 'disconnect'] as const) {
    it(`is ready after the first poll of each client and drains at ${end}`, () => withServer(
      ({ path, body }, response) => {
        if (path !== '/external-task/fetchAndLock') return void response.writeHead(204).end()
        const { asyncResponseTimeout = 0 } = body as { asyncResponseTimeout?: number }
        setTimeout(() => sendJson(response, 200, []), Math.min(asyncResponseTimeout, 200))
      },
      async ({ url, received }) => {
        const [port] = await freePorts(1)
        const { child, messages, output } = startMain({
          PORT: String(port! - 2), ENGINE_URL: url, ENGINE_PASSWORD: 'engine-password', WORKER_TOKEN_SECRET: 'worker-token-secret'
        })
        const exit = exitOf(child)
        await until('the message ready', async () => messages.length > 0)
        expect(messages).to.deep.equal([{ type: 'ready' }])
        expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).to.equal(200)
        const ids = new Set(received.map(({ body }) => (body as { workerId: string }).workerId))
        expect(ids.size).to.be.within(5, 10)
        for (const id of ids) expect(id).to.match(/-\d+-[0-9a-f-]{36}-[a-z-]+$/)
        if (end === 'SIGTERM') child.kill('SIGTERM')
        else child.disconnect()
        expect(await exit, output()).to.equal(0)
      }))
  }

  it('names every missing setting at once and does not start', async () => {
    const { child, output } = startMain({})
    expect(await exitOf(child)).to.equal(1)
    expect(output()).to.include('ENGINE_PASSWORD').and.include('WORKER_TOKEN_SECRET')
  })
})
