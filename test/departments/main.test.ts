import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { freePorts } from '../support/ports.ts'
import { call, OIDC_SECRET, PASSWORD, SECRET, send, stranger } from './support.ts'

describe('the process of the departments', () => {
  let dataDir: string
  let url: string
  let env: NodeJS.ProcessEnv

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'departments-'))
    const [port] = await freePorts(1)
    url = `http://127.0.0.1:${port}`
    env = {
      PATH: process.env.PATH, DATA_DIR: dataDir, DEPARTMENTS: 'hrss', HRSS_URL: url, LOG_LEVEL: 'warn',
      OIDC_CLIENT_SECRET: OIDC_SECRET, DEPARTMENT_CALLBACK_SECRET: SECRET, DEMO_PASSWORD: PASSWORD
    }
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  async function start(change: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
    const child = fork('departments/main.ts', { execArgv: ['--import', 'tsx'], env: { ...env, ...change }, silent: true })
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    expect(message).to.deep.equal({ type: 'ready' })
    return child
  }

  async function exitOf(child: ChildProcess): Promise<unknown> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    return (await once(child, 'exit'))[0]
  }

  it('tells its parent when it listens, and ends when the parent is gone or says so', async () => {
    const first = await start()
    expect((await call(`${url}/healthz`)).status).to.equal(200)
    first.disconnect()
    expect(await exitOf(first)).to.equal(0)
    const second = await start()
    second.kill('SIGTERM')
    expect(await exitOf(second)).to.equal(0)
  }).timeout(60_000)

  it('killed between requests, has lost nothing of what it answered', async () => {
    const first = await start()
    const sent = Array.from({ length: 30 }, (_, index) => send(url, 'archive-dispatch', `kill-${index}:d:1`, stranger)
      .then(({ body }) => body, () => undefined))
    await Promise.race(sent.slice(10))
    first.kill('SIGKILL')
    const answered = (await Promise.all(sent)).filter(body => body !== undefined)
    await exitOf(first)
    expect(answered.length).to.be.greaterThan(0)

    const second = await start()
    for (const body of answered) expect((await call(`${url}/v1/requests/${body.requestId}`)).body).to.deep.equal(body)
    const repeated = await Promise.all(sent.map((_, index) => send(url, 'archive-dispatch', `kill-${index}:d:1`, stranger)))
    expect(repeated.every(({ body }) => body.status === 'done')).to.equal(true)
    const { entries } = (await call(`${url}/v1/ledger`)).body
    expect(entries).to.have.length(30)
    expect(new Set(entries.map(({ receiptNumber }: { receiptNumber: string }) => receiptNumber)).size).to.equal(30)
    second.kill('SIGTERM')
    await exitOf(second)
  }).timeout(60_000)

  it('says what is wrong with its settings and ends', async () => {
    for (const [change, words] of [[{ DEPARTMENTS: 'hrss,police' }, '没有 police'], [{ OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET']] as const) {
      const child = fork('departments/main.ts', { execArgv: ['--import', 'tsx'], env: { ...env, ...change }, silent: true })
      let said = ''
      child.stderr!.on('data', chunk => { said += String(chunk) })
      expect(await exitOf(child)).to.equal(1)
      expect(said).to.include(words)
    }
  }).timeout(60_000)
})
