/** How hard one worker process works. Times in ms. */
export const limits = Object.freeze({
  /** Long polls of all clients together: the engine serves waiting polls one after another. */
  maxClients: 10,
  /** Tasks in hand per department client: a slow department holds up its own tasks alone. */
  departmentTasks: 16,
  /** Tasks in hand of the client of record steps; they are short. */
  recordTasks: 32,
  /** Exchanges at once with one department, of all clients. */
  departmentCalls: 16,
  departmentTimeoutMs: 10_000,
  serverTimeoutMs: 10_000,
  engineTimeoutMs: 10_000,
  /** A worker that dies holds its tasks no longer than this; long work extends it each third. */
  lockMs: 20_000,
  longPollMs: 20_000,
  drainMs: 10_000,
  /** How often the server is asked which topics are paused. */
  pausesMs: 2_000,
  maxReplyBytes: 1_048_576
})

export type Limits = Readonly<Record<keyof typeof limits, number>>
