import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { AppError, RetryableError } from '../../core/errors.ts'
import { createLog } from '../../core/log.ts'
import { traceRequests } from '../../server/http/trace.ts'
import { nothingHere, sendProblem } from '../../server/problem.ts'

describe('problem', () => {
  const lines: string[] = []
  const answerTo = (thrown: unknown) => {
    const app = express()
    app.use(traceRequests(createLog({ level: 'info', destination: { write: line => { lines.push(line) } } })))
    app.get('/thrown', () => { throw thrown })
    app.use(nothingHere, sendProblem)
    return request(app).get('/thrown')
  }

  it('gives status, code, title, detail, fields, request id and what the error adds', async () => {
    const fields = [{ path: '/a', code: 'X', message: '请填写' }]
    const { status, body, headers } = await answerTo(new AppError('ALREADY_SUBMITTED', { fields, extra: { number: 'N1', status: 1 } }))
    expect(status).to.equal(409)
    expect(headers['content-type']).to.contain('application/problem+json')
    expect(body).to.deep.include({ type: 'urn:yijianshi:problem:already-submitted', status: 409, code: 'ALREADY_SUBMITTED', fields, number: 'N1' })
    expect(body.requestId).to.equal(headers['x-request-id'])
  })

  it('says when to come back', async () => {
    expect((await answerTo(new RetryableError('ENGINE_UNAVAILABLE', { retryAfter: 7 }))).headers['retry-after']).to.equal('7')
    expect((await answerTo(new AppError('SERVICE_UNAVAILABLE'))).headers).to.have.property('retry-after')
    expect((await answerTo(new AppError('UNAUTHENTICATED'))).headers).to.have.property('www-authenticate')
  })

  it('shows a page to a person who opened the address, with what to do and a number to ask for', async () => {
    const page = await answerTo(new AppError('LOGIN_FAILED', { detail: '登录已超时，请重新登录。<b>' })).set('Accept', 'text/html,*/*;q=0.8')
    expect([page.status, page.type]).to.deep.equal([401, 'text/html'])
    expect(page.text).to.contain('登录已超时').and.contain('12345').and.contain(page.headers['x-request-id']).and.not.contain('<b>')
  })

  it('tells nothing of a bug but a number to ask for, and logs it without personal data', async () => {
    const { status, body } = await answerTo(new Error('select of 450103199003070020 failed'))
    expect([status, body.code]).to.deep.equal([500, 'INTERNAL'])
    expect(JSON.stringify(body)).not.to.contain('select')
    const logged = lines.find(line => line.includes(body.requestId) && line.includes('request failed'))
    expect(logged).to.contain('select of').and.not.to.contain('450103199003070020')
  })

  it('takes the errors of parser and router for what they are', async () => {
    expect((await answerTo(Object.assign(new Error('x'), { status: 400, type: 'entity.parse.failed' }))).body.code).to.equal('JSON_INVALID')
    expect((await answerTo(Object.assign(new Error('x'), { status: 413 }))).body.code).to.equal('PAYLOAD_TOO_LARGE')
    expect((await answerTo('a text')).body.code).to.equal('INTERNAL')
  })
})
