import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { error as validatorErrors } from 'express-openapi-validator'
import { AppError, RetryableError } from '../core/errors.ts'
import type { ErrorCode } from '../core/errors.ts'
import { isMultipart } from './http/body.ts'
import { escapeHtml, htmlPage } from './http/page.ts'
import { traceOf } from './http/trace.ts'
import { fieldProblems } from './problem-fields.ts'
import type { Complaint } from './problem-fields.ts'

/** What body parser, uploader, router and validator throw. */
interface ForeignError {
  readonly status?: number
  readonly statusCode?: number
  readonly type?: string
  readonly errors?: readonly Complaint[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Codes for errors that are not ours, by status. Everything else is a fault of ours and shows nothing. */
const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'REQUEST_INVALID', 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE', 413: 'PAYLOAD_TOO_LARGE', 415: 'MEDIA_TYPE_UNSUPPORTED'
}

/** The last route: there is nothing at this address. */
export const nothingHere: RequestHandler = () => {
  throw new AppError('NOT_FOUND')
}

/** The one error handler: every failure leaves as problem+json, and is logged once, here. */
export const sendProblem: ErrorRequestHandler = (thrown: unknown, req, res, _next) => {
  const error = toAppError(thrown, req)
  const { requestId, log } = traceOf(req)
  if (error.status >= 500) log.error({ err: thrown, code: error.code }, 'request failed')
  else log.info({ code: error.code }, 'request refused')
  if (res.headersSent) return void res.destroy()
  if (isForEyes(req)) writePage(res, error, requestId)
  else writeProblem(res, error, requestId)
}

/** A person who opened an address in a browser, unlike a page or program that asks for data. */
const isForEyes = (req: Request): boolean => req.method === 'GET' && req.accepts(['json', 'html']) === 'html'

function writePage(res: Response, error: AppError, requestId: string): void {
  res.status(error.status).set('Cache-Control', 'no-store').type('html').send(htmlPage({
    heading: escapeHtml(error.title),
    tone: 'unknown',
    body: `<p>${escapeHtml(error.detail)}</p><p><a class="button" href="/">回到首页</a></p>`
      + `<p>需要帮助请拨打12345，并告知这个编号：</p><p class="name">${escapeHtml(requestId)}</p>`
  }))
}

function writeProblem(res: Response, error: AppError, requestId: string): void {
  const retryAfter = error.retryAfter ?? (error.status === 503 ? 5 : undefined)
  if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter))
  if (error.status === 401) res.set('WWW-Authenticate', 'Bearer')
  const body = {
    ...error.extra,
    type: `urn:yijianshi:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.title,
    status: error.status,
    code: error.code,
    detail: error.detail,
    ...(error.fields ? { fields: error.fields } : {}),
    requestId
  }
  // Not res.json: the validator listens there and would check the problem against the operation's answers.
  res.status(error.status).type('application/problem+json').send(JSON.stringify(body))
}

function toAppError(thrown: unknown, req: Request): AppError {
  if (thrown instanceof RetryableError && thrown.status !== 503) {
    return new AppError('SERVICE_UNAVAILABLE', { retryAfter: thrown.retryAfter ?? 5, cause: thrown })
  }
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof validatorErrors.InternalServerError) return new AppError('INTERNAL', { cause: thrown })
  const { status, statusCode, type, errors } = (thrown ?? {}) as ForeignError
  if (type === 'entity.parse.failed') return new AppError('JSON_INVALID', { cause: thrown })
  const code = codeOfStatus[status ?? statusCode ?? 500]
  if (!code) return new AppError('INTERNAL', { cause: thrown })
  if (code === 'PAYLOAD_TOO_LARGE' && isMultipart(req)) return new AppError('FILE_TOO_LARGE', { cause: thrown })
  if (code !== 'REQUEST_INVALID' || !errors?.length) return new AppError(code, { cause: thrown })
  const fields = fieldProblems(errors)
  return new AppError(code, { fields, detail: `${fields.map(({ message }) => message).slice(0, 3).join('；')}。`, cause: thrown })
}
