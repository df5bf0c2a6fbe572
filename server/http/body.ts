import express from 'express'
import type { Request, RequestHandler } from 'express'
import { AppError } from '../../core/errors.ts'

const MAX_DEPTH = 20

/** Reads a JSON body of at most 1 MB. Multipart bodies are left to the uploader. */
export function readBody(): RequestHandler[] {
  return [plainContentType, express.json({ limit: '1mb', strict: true, type: 'application/json' }), refuseOddObjects]
}

/**
 * Reduces the content type to the bare media type. The validator keeps a compiled checker for each content type that it
 * sees, parameters included: a caller who varies them would fill the memory.
 */
const plainContentType: RequestHandler = (req, _res, next) => {
  const mediaType = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (!hasBody || !mediaType) delete req.headers['content-type']
  else if (mediaType === 'application/json') req.headers['content-type'] = mediaType
  else if (mediaType !== 'multipart/form-data') throw new AppError('MEDIA_TYPE_UNSUPPORTED')
  if (hasBody && !mediaType) throw new AppError('MEDIA_TYPE_UNSUPPORTED')
  next()
}

/** Refuses nesting no form has, and keys that would reach an object's prototype. */
const refuseOddObjects: RequestHandler = (req, _res, next) => {
  check(req.body, 0)
  next()
}

function check(value: unknown, depth: number): void {
  if (typeof value === 'string' && value.includes('\0')) throw invalid('内容含有不允许的字符，请删除后再提交。')
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_DEPTH) throw invalid('内容的层次过多，请检查后再提交。')
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw invalid('内容含有不允许的名称，请检查后再提交。')
    check(inner, depth + 1)
  }
}

function invalid(detail: string): AppError {
  return new AppError('REQUEST_INVALID', { detail })
}

/** Whether the request carries a file form. */
export function isMultipart(req: Request): boolean {
  return req.headers['content-type']?.startsWith('multipart/form-data') ?? false
}
