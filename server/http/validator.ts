import type { RequestHandler } from 'express'
import { middleware } from 'express-openapi-validator'
import type { Options } from 'multer'
import { readOpenApi } from '../openapi.ts'

export interface ValidatorOptions {
  /** Also check our own answers (development and tests). */
  readonly checksAnswers: boolean
  readonly uploads: Options
}

/** Checks requests, and answers where asked, against `openapi.yaml`; reads file forms on the way. */
export function validateByContract({ checksAnswers, uploads }: ValidatorOptions): RequestHandler[] {
  return middleware({
    // The type asks for members that the specification makes optional.
    apiSpec: readOpenApi() as never,
    validateApiSpec: checksAnswers,
    validateRequests: { allErrors: false, removeAdditional: false },
    validateResponses: checksAnswers && { removeAdditional: false },
    // Roles and ownership were decided by the guard, before anything of the request was read.
    validateSecurity: false,
    ajvFormats: { mode: 'full' },
    fileUploader: uploads
  }) as RequestHandler[]
}
