import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { createLog } from '../../../core/log.ts'
import { securityHeaders } from '../../../server/http/headers.ts'
import { traceRequests } from '../../../server/http/trace.ts'
import { nothingHere, sendProblem } from '../../../server/problem.ts'
import { webRoutes } from '../../../server/routes/web.ts'

describe('routes/web', () => {
  const folder = `${mkdtempSync(join(tmpdir(), 'web-'))}/`
  const app = express()

  before(() => {
    mkdirSync(`${folder}assets`)
    writeFileSync(`${folder}apply.html`, '<title>apply</title>')
    writeFileSync(`${folder}desk.html`, '<meta name="style-nonce" content="">')
    writeFileSync(`${folder}assets/apply-1a2b.js`, 'run()')
    writeFileSync(`${folder}assets/apply-1a2b.js.gz`, gzipSync('run()'))
    writeFileSync(`${folder}secret.txt`, 'secret')
    app.use(traceRequests(createLog({ level: 'silent' })), securityHeaders(false), webRoutes(folder), nothingHere, sendProblem)
  })
  after(() => rmSync(folder, { recursive: true }))

  it('gives the page of a face for every path below it, to be asked for anew each time', async () => {
    for (const path of ['/apply', '/apply/', '/apply/lookup', '/apply/a/b/c']) {
      const { status, text, headers } = await request(app).get(path)
      expect([status, text, headers['cache-control']], path).to.deep.equal([200, '<title>apply</title>', 'no-cache'])
    }
    expect((await request(app).get('/applying')).status).to.equal(404)
  })

  it('lets a browser keep what carries its hash, and sends it compressed', async () => {
    const { headers, body, text } = await request(app).get('/assets/apply-1a2b.js').set('Accept-Encoding', 'gzip').buffer()
    expect(headers['cache-control']).to.contain('immutable').and.contain('max-age=31536000')
    expect(headers['content-type']).to.contain('javascript')
    expect(headers['content-encoding']).to.equal('gzip')
    expect(text ?? gunzipSync(body).toString()).to.equal('run()')
    const plain = await request(app).get('/assets/apply-1a2b.js').set('Accept-Encoding', 'identity').buffer()
    expect([plain.headers['content-encoding'], plain.text ?? plain.body.toString()]).to.deep.equal([undefined, 'run()'])
  })

  it('gives nothing else of the disk', async () => {
    for (const path of ['/assets/none-1.js', '/assets/..%2fsecret.txt', '/assets/%2e%2e%2fsecret.js', '/assets/apply-1a2b.js.gz']) {
      expect((await request(app).get(path)).status, path).to.equal(404)
    }
  })

  it('lets in the styles that the desk writes by a word that is new each time, and no others', async () => {
    const nonceOf = async () => {
      const { text, headers } = await request(app).get('/desk')
      const nonce = /content="([^"]+)"/.exec(text)![1]!
      expect(headers['content-security-policy']).to.contain(`style-src 'self' 'nonce-${nonce}'`).and.not.contain('unsafe')
      return nonce
    }
    expect(await nonceOf()).not.to.equal(await nonceOf())
    expect((await request(app).get('/apply')).headers['content-security-policy']).to.contain("style-src 'self';")
  })
})
