import type { Knex } from 'knex'
import type { Dialect } from '../../core/dialect.ts'
import type { Log } from '../../core/log.ts'
import type { Tracer } from '../../core/spans.ts'

export type Fields = Readonly<Record<string, unknown>>

export interface Reason {
  readonly code: string
  readonly message: string
}

export interface Receipt {
  readonly number: string
  /** RFC 3339. */
  readonly issuedAt: string
}

/** What the department answers, now and whenever the same request id comes again. */
export interface Answer {
  readonly requestId: string
  readonly status: 'done' | 'refused' | 'processing'
  readonly receipt: Receipt | null
  readonly result: Fields
  readonly reasons: readonly Reason[]
}

export type EventType = 'card-produced' | 'payment-settled' | 'payment-failed'
  | 'parcel-collected' | 'parcel-in-transit' | 'parcel-delivered' | 'parcel-returned' | 'message-delivered' | 'message-failed'

/** Work that ends days later: the department tells it by a signed call-back. */
export interface Later {
  readonly type: EventType
  readonly afterDays: number
  readonly data: Fields
}

/** What the handler of a kind decided; refused when there are reasons. */
export interface Outcome {
  readonly result?: Fields
  readonly reasons?: readonly Reason[]
  readonly later?: readonly Later[]
}

/** One person's active row in one of the department's registers; at most one at a time. */
export interface RegisterEntry {
  readonly requestId: string
  readonly data: Fields
  /** Instant in ms, null while the entry is active. */
  readonly endedAt: number | null
  readonly startedAt: number
}

/** A handler's hands: all of it happens in the transaction of the request. */
export interface Work {
  readonly requestId: string
  readonly fields: Fields
  /** Instant in ms, real time. */
  readonly now: number
  /** YYYY-MM-DD in Asia/Shanghai. */
  readonly today: string
  readonly db: Knex.Transaction
  /** What `gather` of the kind brought. */
  readonly gathered: unknown
  /** Latest entry of that person, ended or not. */
  latest(register: string, person: string): Promise<RegisterEntry | undefined>
  add(register: string, person: string, data?: Fields): Promise<void>
  end(register: string, person: string): Promise<void>
  /** Next number of a named sequence: 1, 2, 3 … */
  next(sequence: string): Promise<number>
}

export interface Kind {
  /** A query leaves no business behind: no receipt, no line in the ledger. */
  readonly isQuery?: true
  /** Its outcome may have a `later`. */
  readonly callsBack?: true
  /** Asks other systems, before the transaction in which `handle` works. */
  gather?(fields: Fields, requestId: string): Promise<unknown>
  handle(work: Work): Outcome | Promise<Outcome>
}

export interface DepartmentOptions {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  /** Folder of the ledgers. */
  readonly dataDir: string
  /** Milliseconds of real time that count as one day of the department. */
  readonly dayMs: number
  readonly tracer: Tracer
  readonly callbackUrl: string
  readonly callbackSecret: string
  readonly dialects?: readonly Dialect[]
  /** First pause before a call-back is sent again; doubles up to a minute. */
  readonly callbackRetryMs?: number
  readonly log: Log
}

export interface RunningDepartment {
  readonly url: string
  stop(): Promise<void>
}
