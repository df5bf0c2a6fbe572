import { expect } from 'chai'
import { AppError, ProcessError, RetryableError } from '../../../core/errors.ts'
import { MAX_ATTEMPTS } from '../../../workers/runtime/backoff.ts'
import { Postponed } from '../../../workers/runtime/postponed.ts'
import { runHandler } from '../../../workers/runtime/run-handler.ts'

const run = (error: unknown, retries: number | null = null) => runHandler(() => Promise.reject(error), retries, () => 0.5)

describe('runHandler', () => {
  it('completes with what the work returns', async () => {
    const variables = { registration: { value: 'registered', type: 'String' as const } }
    expect(await runHandler(async () => variables, null)).to.deep.equal({ kind: 'complete', variables })
  })

  it('makes a BPMN error of a ProcessError', async () => {
    expect(await run(new ProcessError('NEEDS_CORRECTION'))).to.deep.include({ kind: 'process-error', code: 'NEEDS_CORRECTION' })
  })

  const failures: [string, unknown, number | null, number, number][] = [
    ['a first RetryableError leaves one try less', new RetryableError('DEPARTMENT_TIMEOUT'), null, MAX_ATTEMPTS - 1, 1000],
    ['a later one pauses longer', new RetryableError('DEPARTMENT_TIMEOUT'), MAX_ATTEMPTS - 2, MAX_ATTEMPTS - 3, 4000],
    ['the last one is an incident', new RetryableError('DEPARTMENT_TIMEOUT'), 1, 0, 0],
    ['Retry-After lengthens the pause', new RetryableError('DEPARTMENT_MAINTENANCE', { retryAfter: 60 }), null, MAX_ATTEMPTS - 1, 63_000],
    ['but not beyond a quarter of an hour', new RetryableError('DEPARTMENT_MAINTENANCE', { retryAfter: 7200 }), null, MAX_ATTEMPTS - 1, 900_000],
    ['Postponed spends no attempt', new Postponed('SERVICE_UNAVAILABLE'), 3, 3, 2400],
    ['Postponed waits as long as it says', new Postponed('DEPARTMENT_UNAVAILABLE', { retryAfter: 10 }), null, MAX_ATTEMPTS, 12_000],
    ['an AppError is an incident at once', new AppError('REQUEST_ID_REUSED'), null, 0, 0],
    ['a bug is an incident at once', new TypeError('x is undefined'), 5, 0, 0],
    ['a thrown text is an incident at once', 'oh', null, 0, 0]
  ]
  for (const [title, error, retries, left, pause] of failures) {
    it(title, async () => {
      expect(await run(error, retries)).to.deep.include({ kind: 'failure', retries: left, retryTimeout: pause })
    })
  }

  it('tells the engine no text of a foreign error, since it may quote a person', async () => {
    const outcome = await run(new SyntaxError('Unexpected token in {"name":"韦美兰","idNumber":"450103199003070020"}'))
    expect(outcome).to.deep.include({ code: 'INTERNAL', message: 'INTERNAL SyntaxError' })
    expect(JSON.stringify(outcome)).not.to.match(/韦美兰|450103199003070020/)
    expect((outcome as { details: string }).details).to.match(/^at /)
  })

  it('takes numbers of persons out of our own sentences', async () => {
    const outcome = await run(new AppError('DEPARTMENT_REFUSED', { detail: '450103199003070020 与 13877100001 不符' }))
    expect((outcome as { message: string }).message).to.equal('DEPARTMENT_REFUSED [已隐去] 与 [已隐去] 不符')
  })
})
