import type { Request, Response } from 'express'
import { AppError } from '../../core/errors.ts'

/** Sets the entity tag of a version. */
export function setVersion(res: Response, version: number): void {
  res.set('ETag', `"${version}"`)
}

/** The version that the sender saw. Throws AppError PRECONDITION_REQUIRED (428), VERSION_CONFLICT for nonsense. */
export function requiredVersion(req: Request, current: number): number {
  const version = givenVersion(req, current)
  if (version === undefined) throw new AppError('PRECONDITION_REQUIRED')
  return version
}

/** The same where If-Match may be left out. */
export function givenVersion(req: Request, current: number): number | undefined {
  const header = req.headers['if-match']?.trim()
  if (!header) return undefined
  if (header === '*') return current
  const number = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (number === undefined) throw new AppError('VERSION_CONFLICT')
  return Number(number)
}
