import { expect } from 'chai'
import { AppError, ProcessError, RetryableError, catalogue, isErrorCode } from '../../core/errors.ts'

describe('core/errors', () => {
  it('gives every code an HTTP error status and Chinese texts that end as sentences', () => {
    for (const [code, { status, title, message }] of Object.entries(catalogue)) {
      expect(code).to.match(/^[A-Z][A-Z0-9_]*$/)
      expect(status, code).to.be.within(400, 599)
      expect(title, code).to.match(/[\u4e00-\u9fa5]/)
      expect(message, code).to.match(/[\u4e00-\u9fa5].*。$/)
    }
  })

  it('says with every code, in plain Chinese, what to do next', () => {
    const silent = Object.entries(catalogue).filter(([, { message }]) => !/请|只能|系统会|会自动|无需/.test(message))
    expect(silent.map(([code, { message }]) => `${code}: ${message}`)).to.deep.equal([])
    const technical = Object.entries(catalogue).filter(([, { area, message }]) => area === 'application' && /[A-Za-z]{2,}/.test(message.replace(/JPG|PNG|PDF/g, '')))
    expect(technical.map(([code]) => code), 'words that no applicant knows').to.deep.equal([])
  })

  it('gives the statuses that the HTTP contract fixes', () => {
    const statuses = {
      UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, REGION_UNKNOWN: 404, MATTER_UNKNOWN: 422,
      REQUEST_INVALID: 400, JSON_INVALID: 400,
      METHOD_NOT_ALLOWED: 405, PAYLOAD_TOO_LARGE: 413, MEDIA_TYPE_UNSUPPORTED: 415,
      PRECONDITION_REQUIRED: 428, VERSION_CONFLICT: 412,
      IDEMPOTENCY_KEY_REUSED: 409, ALREADY_SUBMITTED: 409, OPEN_ITEM_CONFLICT: 409, APPLICATION_CONFLICT: 422, FORM_INVALID: 422,
      FIELD_NOT_REQUESTED: 422, NO_OPEN_CORRECTION: 409, ITEM_ALREADY_DECIDED: 409,
      TASK_CLAIMED: 409, TASK_GONE: 409, UNDO_EXPIRED: 409,
      DECISIONS_BUSY: 503, DEPARTMENT_UNAVAILABLE: 503, TOO_MANY_REQUESTS: 429, CROSS_SITE_REQUEST: 403, INTERNAL: 500
    } as const
    for (const [code, status] of Object.entries(statuses)) {
      expect(catalogue[code as keyof typeof statuses].status, code).to.equal(status)
    }
  })

  it('carries the catalogue\'s words, or those of the occasion', () => {
    const plain = new AppError('TASK_CLAIMED')
    expect(plain).to.include({
      name: 'AppError', code: 'TASK_CLAIMED', status: 409, title: '任务已被签收', detail: catalogue.TASK_CLAIMED.message
    })
    const cause = new Error('why')
    const full = new AppError('FORM_INVALID', {
      detail: '手机号有误', fields: [{ path: '/common/person/mobile', code: 'pattern', message: '应为 11 位' }], extra: { number: '1' }, retryAfter: 3, cause
    })
    expect(full).to.include({ message: '手机号有误', detail: '手机号有误', retryAfter: 3, cause })
    expect(full.fields).to.have.length(1)
    expect(full.extra).to.deep.equal({ number: '1' })
  })

  it('lets a worker tell the three classes apart while the server treats them as one', () => {
    expect(new ProcessError('NEEDS_CORRECTION')).to.be.instanceOf(AppError).and.not.instanceOf(RetryableError)
    expect(new RetryableError('DEPARTMENT_UNAVAILABLE')).to.be.instanceOf(AppError).and.not.instanceOf(ProcessError)
    expect(new ProcessError('NEEDS_CORRECTION').name).to.equal('ProcessError')
    expect(new RetryableError('DEPARTMENT_UNAVAILABLE').name).to.equal('RetryableError')
  })

  it('knows its codes', () => {
    expect(isErrorCode('FORM_INVALID')).to.equal(true)
    expect(isErrorCode('toString')).to.equal(false)
    expect(isErrorCode(undefined)).to.equal(false)
  })
})
