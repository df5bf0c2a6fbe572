import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import knex from 'knex'
import type { Knex } from 'knex'
import pg from 'pg'
import type { Log } from '../../core/log.ts'
import { createSilenceGuard } from './silence.ts'

export interface ConnectOptions {
  /** '' = the SQLite file `<dataDir>/server.sqlite`. */
  readonly databaseUrl: string
  readonly dataDir: string
  /** Connections of PostgreSQL; SQLite always has one. */
  readonly pool?: number
  /** Of PostgreSQL; those of a request when left out. */
  readonly limits?: DatabaseLimits
  /** Hears of lost connections and the like; they go unsaid when left out, as the query that failed says it too. */
  readonly log?: Log
}

/** How long a database may take, ms; 0 = as long as it takes. */
export interface DatabaseLimits {
  /** One statement, and a transaction in which nothing happens; PostgreSQL ends them. */
  readonly statement: number
  /** From a question to its answer, by our own clock, as a host that is gone ends nothing; longer than a statement. */
  readonly answer: number
  /** Until a new connection stands; shorter than whoever asks for one waits. */
  readonly connection: number
}

const STATEMENT_TIMEOUT = 15_000
const OF_A_REQUEST: DatabaseLimits = { statement: STATEMENT_TIMEOUT, answer: STATEMENT_TIMEOUT + 5_000, connection: 10_000 }
/** For what may go through all that a province has gathered. */
export const UNHURRIED: DatabaseLimits = { ...OF_A_REQUEST, statement: 0, answer: 0 }

/** Without news for so long a connection is probed; Linux would wait for two hours. */
const PROBE_AFTER = 10_000
const INT8 = 20

/** Opens the server's database; the caller ends it with `destroy()`. Both databases give the same types back. */
export function connect({ databaseUrl, dataDir, pool = 10, limits = OF_A_REQUEST, log }: ConnectOptions): Knex {
  return databaseUrl === ''
    ? connectSqlite(join(dataDir, 'server.sqlite'), log)
    : connectPostgres(databaseUrl, pool, limits, log)
}

/** Another pool to the same PostgreSQL, for what may take as long as it takes; the caller ends it. */
export function connectUnhurried(db: Knex, pool: number): Knex {
  const { connectionString } = db.client.config.connection as { connectionString: string }
  return connectPostgres(connectionString, pool, UNHURRIED)
}

/** Whether a connection is to PostgreSQL (the few statements that differ ask this). */
export function isPostgres(db: Knex): boolean {
  return db.client.config.client === 'pg'
}

function connectSqlite(filename: string, log?: Log): Knex {
  mkdirSync(join(filename, '..'), { recursive: true })
  return knex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    log: loggerOf(log),
    acquireConnectionTimeout: 15_000,
    // One connection is what makes writers queue up in order instead of failing with SQLITE_BUSY.
    pool: {
      min: 1,
      max: 1,
      idleTimeoutMillis: 2_147_483_647,
      afterCreate(connection: SqliteConnection, done: (error: Error | null, connection: SqliteConnection) => void) {
        connection.exec(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;
          PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;`, error => done(error, connection))
      }
    },
    postProcessResponse: (result: unknown) => withBooleans(result)
  })
}

/** knex would write to the console, past the rule that a process's output is JSON lines. */
function loggerOf(log?: Log): Knex.Logger {
  const say = (level: 'warn' | 'error' | 'debug') => (message: unknown) => log?.[level]({ area: 'database' }, String(message))
  return { warn: say('warn'), error: say('error'), deprecate: say('debug'), debug: say('debug') }
}

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void
}

function connectPostgres(connectionString: string, pool: number, limits: DatabaseLimits, log?: Log): Knex {
  return knex({
    client: 'pg',
    connection: {
      connectionString, application_name: 'yijianshi-server', ...settingsOf(limits), types: { getTypeParser }
    } as object as Knex.PgConnectionConfig,
    acquireConnectionTimeout: 15_000,
    pool: { min: 0, max: pool, ...createSilenceGuard() },
    log: loggerOf(log)
  })
}

/** As text, as pg would pass over a number that is 0, and what is set for the account or the database would hold. */
function settingsOf({ statement, answer, connection }: DatabaseLimits) {
  return {
    statement_timeout: String(statement),
    idle_in_transaction_session_timeout: String(statement),
    query_timeout: answer,
    connectionTimeoutMillis: connection,
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER
  }
}

/** Instants and counts are bigint there; all of ours are below 2^53, so they come as numbers, as SQLite gives them. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')
}

const BOOLEAN = /^(is|has)_|^(status_draft|rests_on_existing)$/

/** SQLite keeps booleans as 0 and 1; columns are recognised by name, as all of ours follow one rule. */
function withBooleans(result: unknown): unknown {
  const rows = Array.isArray(result) ? result : [result]
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue
    for (const key of Object.keys(row)) {
      const value = (row as Record<string, unknown>)[key]
      if ((value === 0 || value === 1) && BOOLEAN.test(key)) (row as Record<string, unknown>)[key] = value === 1
    }
  }
  return result
}
