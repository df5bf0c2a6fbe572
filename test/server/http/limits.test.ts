import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import express from 'express'
import { createLimits } from '../../../server/http/limits.ts'

describe('http/limits', () => {
  let server: Server
  before(done => {
    const limits = createLimits()
    const app = express()
    app.get('/:operation', (req, res, next) => limits.get(req.params.operation)!(req, res, next), (_req, res) => void res.end())
    app.use(((error, _req, res, _next) => void res.status(error.status).end()) as express.ErrorRequestHandler)
    server = app.listen(0, '127.0.0.1', done)
  })
  after(() => server.close())

  const ask = async (operation: string): Promise<number> => (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${operation}`)).status
  const askTimes = async (operation: string, count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, () => ask(operation)))

  for (const [one, twin, count] of [['exportSlaItems', 'exportSlaItemsXlsx', 12], ['getEvidence', 'getCaseEvidence', 6]] as const) {
    it(`gives no second allowance of ${one} by ${twin}`, async () => {
      expect(await askTimes(one, count / 2)).to.not.include(429)
      expect(await askTimes(twin, count / 2)).to.not.include(429)
      expect([await ask(one), await ask(twin)]).to.deep.equal([429, 429])
    })
  }

  it('bounds how many files of materials are handed out', async () => {
    expect(await askTimes('downloadMaterial', 120)).to.not.include(429)
    expect(await ask('downloadMaterial')).to.equal(429)
  })
})
