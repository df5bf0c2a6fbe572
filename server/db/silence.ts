import type pg from 'pg'

/** What pg says when an answer has not come within `query_timeout`. */
const GIVEN_UP = 'Query read timeout'

type Answer = (error: Error | null, result?: unknown) => void
type Ask = (question: unknown, answer: Answer) => void

/** The part of a pool's settings that keeps silent connections out of it. */
export interface SilenceGuard {
  afterCreate(connection: pg.Client, done: Answer): void
  validate(connection: pg.Client): boolean
}

/**
 * pg gives a question up and leaves its connection busy with it: whatever came next on it, a ROLLBACK even, would wait in vain as
 * long again. Such a connection is cut, and the pool makes another.
 */
export function createSilenceGuard(): SilenceGuard {
  const silent = new WeakSet<pg.Client>()
  const cut = (connection: pg.Client): void => {
    silent.add(connection)
    connection.end().catch(() => undefined)
  }
  return {
    afterCreate(connection, done) {
      const ask = connection.query.bind(connection) as unknown as Ask
      const query: Ask = (question, answer) => ask(question, (error, result) => {
        if (error?.message === GIVEN_UP) cut(connection)
        answer(error, result)
      })
      Object.assign(connection, { query })
      done(null, connection)
    },
    validate: connection => !silent.has(connection)
  }
}
