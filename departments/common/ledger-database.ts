import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import knex from 'knex'
import type { Knex } from 'knex'

/**
 * Opens the department's own SQLite file and makes its tables. One connection: transactions queue behind one another,
 * so that twenty copies of a request are decided one after the other. Synchronous FULL: what was answered survives a
 * power cut.
 */
export async function openLedgerDatabase(file: string, furtherTables: readonly string[] = []): Promise<Knex> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
    acquireConnectionTimeout: 30_000
  })
  for (const statement of [...settings, ...tables, ...furtherTables]) await db.raw(statement)
  return db
}

const settings = ['PRAGMA journal_mode = WAL', 'PRAGMA synchronous = FULL', 'PRAGMA busy_timeout = 5000']

const tables = [
  `CREATE TABLE IF NOT EXISTS request (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, request_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL,
    body_hash TEXT NOT NULL, has_effect INTEGER NOT NULL, receipt_number TEXT UNIQUE, answer TEXT NOT NULL,
    traceparent TEXT, at INTEGER NOT NULL)`,
  'CREATE INDEX IF NOT EXISTS request_subject ON request (subject)',
  `CREATE TABLE IF NOT EXISTS register_entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, register TEXT NOT NULL, person TEXT NOT NULL, request_id TEXT NOT NULL,
    data TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER)`,
  'CREATE INDEX IF NOT EXISTS register_person ON register_entry (register, person)',
  // The natural key: whatever the code above it does, nobody stands twice in one register.
  'CREATE UNIQUE INDEX IF NOT EXISTS register_active ON register_entry (register, person) WHERE ended_at IS NULL',
  'CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL)',
  `CREATE TABLE IF NOT EXISTS callback (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, traceparent TEXT, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
    delivered_at INTEGER, last_error TEXT)`,
  'CREATE INDEX IF NOT EXISTS callback_due ON callback (due_at) WHERE delivered_at IS NULL'
]
