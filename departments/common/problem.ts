import type { ErrorRequestHandler, Response } from 'express'
import { AppError } from '../../core/errors.ts'
import type { ErrorCode, FieldProblem } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'

interface ValidatorError {
  readonly status?: number
  readonly type?: string
  readonly errors?: readonly { readonly path: string; readonly message: string; readonly errorCode?: string }[]
}

/** Last handler of a department's app: every failure is answered as problem+json in Chinese. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const problem = asAppError(error, request.method, request.path)
    if (problem.status >= 500) log.error({ err: error, path: request.path }, '部门系统出错')
    sendProblem(response, problem)
  }
}

/** Writes one problem; `status` stands in for the catalogue's when a fault asks for another. */
export function sendProblem(response: Response, problem: AppError, status = problem.status): void {
  if (problem.retryAfter !== undefined) response.set('retry-after', String(problem.retryAfter))
  response.status(status).type('application/problem+json').json({
    type: 'about:blank',
    title: problem.title,
    status,
    code: problem.code,
    detail: problem.detail,
    ...(problem.fields ? { fields: problem.fields } : {})
  })
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  404: 'NOT_FOUND', 405: 'METHOD_NOT_ALLOWED', 406: 'NOT_ACCEPTABLE', 413: 'PAYLOAD_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED'
}

function asAppError(error: unknown, method: string, path: string): AppError {
  if (error instanceof AppError) return error
  const { status = 500, type, errors = [] } = error as ValidatorError
  if (type === 'entity.parse.failed') return new AppError('JSON_INVALID', { cause: error })
  // The contract names each kind as a path of its own, so an unknown kind looks like a wrong method to the validator.
  if (status === 405 && method === 'POST' && path.startsWith('/v1/requests/')) {
    return new AppError('NOT_FOUND', { detail: '没有这种业务。' })
  }
  if (status === 400) {
    const isBody = errors.length > 0 && errors.every(one => one.path.startsWith('/body'))
    return new AppError(isBody ? 'FORM_INVALID' : 'REQUEST_INVALID', { fields: fieldsOf(errors), cause: error })
  }
  return new AppError(byStatus[status] ?? (status < 500 ? 'REQUEST_INVALID' : 'INTERNAL'), { cause: error })
}

const messages: Readonly<Record<string, string>> = {
  required: '必须填写', type: '类型不正确', enum: '不在允许的取值之内', const: '不在允许的取值之内', pattern: '格式不正确', format: '格式不正确',
  minLength: '内容过短', maxLength: '内容过长', minimum: '数值过小', maximum: '数值过大', minItems: '项数过少', maxItems: '项数过多',
  additionalProperties: '没有这个字段'
}

function fieldsOf(errors: NonNullable<ValidatorError['errors']>): FieldProblem[] {
  return errors.map(({ path, message, errorCode = '' }) => {
    const keyword = errorCode.split('.', 1)[0] ?? ''
    const code = keyword ? upperSnake(keyword) : 'INVALID'
    return { path: path.replace(/^\/body/, '') || '/', code, message: messages[keyword] ?? message }
  })
}

function upperSnake(text: string): string {
  return text.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()
}
