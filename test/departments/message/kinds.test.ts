import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { until } from '../../support/until.ts'
import { call, send, startForTest, startReceiver } from '../support.ts'

describe('message', () => {
  it('sends a text message and keeps neither number nor text', async () => {
    const departments = await startForTest(['message'])
    const message = { mobile: '19977313579', text: '您的申请已受理，编号四五零零零零。' }
    const { body } = await send(departments.urls.message, 'text-message', 'item-1:notify:1', message)
    expect(body.result.messageNumber).to.match(/^DX\d{8}$/)
    const folder = join(departments.dataDir, 'departments')
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8')
      expect(text).to.not.include(message.mobile).and.not.include('您的申请已受理')
    }
    expect((await send(departments.urls.message, 'text-message', 'item-2:notify:1', { mobile: '1' })).status).to.equal(422)
    await departments.end()
  })

  it('tells later whether it reached the telephone', async () => {
    const { url: internalUrl, received, stop } = await startReceiver()
    const departments = await startForTest(['message'], { internalUrl, dayMs: 10 })
    const url = departments.urls.message
    const message = { mobile: '19977313579', text: '您的申请已受理。' }
    await send(url, 'text-message', 'n1:applicant:1', message)
    await until('the receipt', async () => received.length === 1, 5000)
    await call(`${url}/v1/faults`, 'POST', { faults: [{ mode: 'undeliverable', count: 1 }] })
    await send(url, 'text-message', 'n2:applicant:1', message)
    await until('the other receipt', async () => received.length === 2, 5000)
    expect(received.map(({ text }) => JSON.parse(text)).map(({ type, requestId }) => [type, requestId])).to.deep.equal([
      ['message-delivered', 'n1:applicant:1'], ['message-failed', 'n2:applicant:1']
    ])
    await departments.end()
    await stop()
  })
})
