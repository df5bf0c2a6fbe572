import type { Knex } from 'knex'
import type { Log } from '../../core/log.ts'
import { signCallback } from '../../core/callback-signature.ts'

interface SenderOptions {
  readonly db: Knex
  readonly url: string
  readonly secret: string
  readonly retryMs: number
  readonly log: Log
}

export interface CallbackSender {
  /** A new call-back was planned. */
  wake(): void
  stop(): Promise<void>
}

interface CallbackRow {
  readonly id: string
  readonly body: string
  readonly traceparent: string | null
  readonly due_at: number
  readonly attempts: number
}

const BATCH = 16
const LONGEST_PAUSE = 60_000
const TIMEOUT = 10_000

/**
 * Sends the planned call-backs when their time has come, and again with growing pauses until each was answered with
 * 2xx. What is planned stands in the ledger's file, so a restart forgets nothing; a call-back may arrive twice, always
 * with the same id.
 */
export function startCallbackSender(options: SenderOptions): CallbackSender {
  const { db, log } = options
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isStopped = false
  let isWoken = false
  const abort = new AbortController()

  const round = async (): Promise<void> => {
    isWoken = false
    await sendDue(options, abort.signal)
    const next = await db('callback').whereNull('delivered_at').min({ at: 'due_at' }).first()
    if (isStopped || typeof next?.at !== 'number') return
    timer = setTimeout(wake, Math.max(10, Math.min(next.at - Date.now(), LONGEST_PAUSE)))
  }
  const wake = (): void => {
    if (isStopped) return
    isWoken = true
    clearTimeout(timer)
    running ??= round()
      .catch((error: unknown) => {
        log.error({ err: error }, '回调发送失败')
        if (!isStopped) timer = setTimeout(wake, options.retryMs)
      })
      .finally(() => {
        running = undefined
        if (isWoken) wake()
      })
  }
  wake()
  return {
    wake,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      abort.abort()
      await running
    }
  }
}

async function sendDue(options: SenderOptions, signal: AbortSignal): Promise<void> {
  const { db } = options
  for (;;) {
    const due: CallbackRow[] = await db('callback')
      .whereNull('delivered_at').where('due_at', '<=', Date.now()).orderBy('due_at').limit(BATCH)
    if (due.length === 0 || signal.aborted) return
    await Promise.all(due.map(row => sendOne(options, row, signal)))
  }
}

async function sendOne(options: SenderOptions, row: CallbackRow, signal: AbortSignal): Promise<void> {
  const { db, url, secret, retryMs, log } = options
  const failure = await post(url, secret, row, signal)
  if (failure === undefined) {
    const done = { delivered_at: Date.now(), attempts: row.attempts + 1, last_error: null }
    await db('callback').where('id', row.id).update(done)
    return
  }
  // Half of the pause is chance, so that a crowd of call-backs does not come back as one.
  const pause = Math.min(LONGEST_PAUSE, retryMs * 2 ** Math.min(row.attempts, 16)) * (0.5 + Math.random() / 2)
  const change = { attempts: row.attempts + 1, due_at: Date.now() + Math.ceil(pause), last_error: failure }
  await db('callback').where('id', row.id).update(signal.aborted ? { last_error: failure } : change)
  if (!signal.aborted) log.warn({ callbackId: row.id, attempts: change.attempts, failure }, '回调未送达，稍后重发')
}

/** Posts one call-back; undefined when it was received, otherwise why not. */
async function post(url: string, secret: string, row: CallbackRow, signal: AbortSignal): Promise<string | undefined> {
  const timestamp = Date.now()
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-timestamp': String(timestamp),
        'x-signature': signCallback(secret, timestamp, row.body),
        ...(row.traceparent ? { traceparent: row.traceparent } : {})
      },
      body: row.body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)])
    })
    await response.arrayBuffer()
    return response.ok ? undefined : `HTTP ${response.status}`
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause
    return cause?.code ?? (error as Error).name
  }
}
