import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { verifyChain } from '../../server/db/audit.ts'
import { withDatabase } from '../system/with-database.ts'
import type { Place } from '../system/with-database.ts'
import { UPLOADS } from './take-backup.ts'

/** What an installation holds. */
export interface Found {
  readonly cases: number
  readonly chains: number
  /** Chains that do not fit. */
  readonly broken: readonly string[]
  readonly files: number
  /** Files that a row of the database names and that are not there. */
  readonly missing: readonly string[]
}

const PAGE = 1000

/** Counts what is there, and verifies every chain. */
export async function lookOver(place: Place): Promise<Found> {
  const stored = await filesBelow(join(place.dataDir, UPLOADS))
  const there = new Set(stored)
  return withDatabase(place, async db => {
    const missing = (await namedFiles(db)).filter(name => !there.has(name))
    const [row] = await db('application').count({ count: '*' })
    return { cases: Number(row!.count), ...await verifyChains(db), files: stored.length, missing }
  })
}

/** Names of the files in a folder and all below it. */
export async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(({ name }) => name)
}

async function verifyChains(db: Knex): Promise<Pick<Found, 'chains' | 'broken'>> {
  const broken: string[] = []
  let chains = 0
  for await (const chain of chainsOf(db)) {
    chains++
    if (!(await verifyChain(db, chain)).isIntact) broken.push(chain)
  }
  return { chains, broken }
}

/** Chains that have an event, and those that only a case says it has; by pages along an index, however many there are. */
async function* chainsOf(db: Knex): AsyncGenerator<string> {
  yield* inPages(after => db('audit_event').distinct('chain').where('chain', '>', after))
  yield* inPages(after => db('application').select({ chain: 'id' }).where('id', '>', after).whereNotNull('audit_head')
    .whereNotExists(db('audit_event').select(db.raw('1')).whereRaw('audit_event.chain = application.id')))
}

async function* inPages(chainsAfter: (after: string) => Knex.QueryBuilder): AsyncGenerator<string> {
  for (let after = ''; ;) {
    const page = await chainsAfter(after).orderBy('chain').limit(PAGE) as { chain: string }[]
    for (const { chain } of page) yield chain
    if (page.length < PAGE) return
    after = page.at(-1)!.chain
  }
}

/** Stored names of the files that rows tell of. */
async function namedFiles(db: Knex): Promise<string[]> {
  const proofs = db('oversight_action').whereNotNull('proof_stored_name').select({ name: 'proof_stored_name' })
  return (await db('material').select({ name: 'stored_name' }).unionAll(proofs) as { name: string }[]).map(({ name }) => name)
}
