import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { AppError } from '../../core/errors.ts'
import { findActor } from '../auth/actor.ts'

const MINUTE = 60_000

/** How often an operation may be called, by operation id. Everything else is bound only by `general`. */
export function createLimits(): ReadonlyMap<string, RequestHandler> {
  // One count for both: another format, or another address of the same pack, is no second allowance.
  const [table, pack] = [limit('export', 12), limit('evidence', 6)]
  return new Map([
    ['exportSlaItems', table],
    ['exportSlaItemsXlsx', table],
    ['getEvidence', pack],
    ['getCaseEvidence', pack],
    ['login', limit('login', 120)],
    ['initiateLogin', limit('initiate-login', 120)],
    ['loginCallback', limit('login-callback', 240)],
    ['lookup', limit('lookup', 10)],
    ['giveFeedback', limit('feedback', 10)],
    ['lookUpFeedback', limit('feedback-lookup', 10)],
    ['precheck', limit('precheck', 6_000)],
    ['revealTask', limit('reveal', 30)],
    ['readPerson', limit('person', 60)],
    ['prefillAtWindow', limit('window-prefill', 60)],
    ['handOver', limit('hand-over', 60)],
    ['bindScans', limit('bind-scans', 30)],
    ['printReferral', limit('referral', 30)],
    ['getTakeHomePaper', limit('take-home', 60)],
    ['getPickupResult', limit('pickup-result', 60)],
    ['getHandOverPaper', limit('hand-over-paper', 60)],
    ['uploadMaterial', limit('upload', 120)],
    ['downloadMaterial', limit('material', 120)],
    ['getFormPaper', limit('form-paper', 60)],
    ['getReceiptPaper', limit('receipt-paper', 60)],
    ['getNotice', limit('notice', 60)],
    ['verifyAudit', limit('verify-audit', 12)],
    ['getSignedPaper', limit('signed-paper', 60)],
    ['getGuidePaper', limit('guide-paper', 20)],
    ['getBlankPaper', limit('blank-paper', 60)]
  ])
}

/** Codes of papers cannot be guessed by trying. */
export function paperCheckLimit(): RequestHandler {
  return limit('paper-check', 20, req => ipKeyGenerator(req.ip ?? ''))
}

/** A second bound on look-up: guesses at one number count together, from whatever address they come. */
export function lookupNumberLimit(): RequestHandler {
  return limit('lookup-number', 10, req => `number:${String(req.query.number).slice(0, 50)}`)
}

/** `limit` calls a minute for each account, or for each address when anonymous. */
function limit(identifier: string, count: number, keyOf: (req: Request) => string = accountOrAddress): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit: count,
    identifier,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    handler: (_req, _res, next) => next(new AppError('TOO_MANY_REQUESTS', { retryAfter: 60 }))
  })
}

function accountOrAddress(req: Request): string {
  const actor = findActor(req)
  return actor ? `account:${actor.key}` : ipKeyGenerator(req.ip ?? '')
}
