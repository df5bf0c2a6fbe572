import { setTimeout as pause } from 'node:timers/promises'
import type { Express } from 'express'
import type { Knex } from 'knex'
import { checkSignature, platformKey } from '../../core/callback-signature.ts'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import type { Faults } from '../common/faults.ts'
import { rawBodyOf, refuseToAnswer } from '../common/request-app.ts'

/** What was heard of the applications that were handed in: one row for each event, however often it came. */
export const resultTable = `CREATE TABLE IF NOT EXISTS received_result (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, region TEXT NOT NULL, number TEXT NOT NULL, type TEXT NOT NULL,
  slug TEXT NOT NULL, outcome TEXT, body TEXT NOT NULL, deliveries INTEGER NOT NULL, at INTEGER NOT NULL)`

interface Result {
  readonly id: string
  readonly region: string
  readonly number: string
  readonly type: string
  readonly item: { readonly slug: string; readonly outcome: string | null }
}

interface Options {
  readonly db: Knex
  readonly faults: Faults
  readonly secret: string
}

/** The address at which results are taken in, and the ledger of what came. */
export function resultRoutes(app: Express, { db, faults, secret }: Options): void {
  app.post('/v1/results/:region', async (request, response) => {
    const { delayMs, fault } = faults.strike('result')
    if (delayMs > 0) await pause(delayMs)
    if (fault?.mode === 'error' || fault?.mode === 'maintenance') return refuseToAnswer(response, fault)
    const { region } = request.params
    checkSignature(platformKey(secret, region), {
      timestamp: request.get('x-timestamp'), signature: request.get('x-signature'), rawBody: rawBodyOf(request)
    }, Date.now())
    const result = request.body as Result
    if (result.region !== region) throw new AppError('SIGNATURE_INVALID')
    await keep(db, result, rawBodyOf(request).toString('utf8'))
    if (fault?.mode === 'effect-then-silence') return void response.socket?.destroy()
    response.json({ status: 'received' })
  })

  app.get('/v1/results', async (request, response) => {
    const { number } = request.query as { number: string }
    const rows = await db('received_result').where({ number }).orderBy('seq')
    response.json({
      results: rows.map(({ body, deliveries, at }) => ({
        ...JSON.parse(body) as Result, deliveries: Number(deliveries), receivedAt: formatInstant(Number(at))
      }))
    })
  })
}

/** Throws AppError REQUEST_ID_REUSED when an event comes again with another content. */
async function keep(db: Knex, { id, region, number, type, item }: Result, body: string): Promise<void> {
  await db.transaction(async trx => {
    const known = await trx('received_result').where({ id }).first('body') as { body: string } | undefined
    if (known && known.body !== body) throw new AppError('REQUEST_ID_REUSED')
    if (known) await trx('received_result').where({ id }).increment('deliveries', 1)
    else {
      const { slug, outcome } = item
      await trx('received_result').insert({ id, region, number, type, slug, outcome, body, deliveries: 1, at: Date.now() })
    }
  })
}
