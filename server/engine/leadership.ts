import pg from 'pg'

/** Which one of several servers on one database follows the engine and the calendar; all of them answer requests. */
export interface Leadership {
  /** Whether this server leads now. */
  readonly isLeading: boolean
  /** Tries to lead, and keeps what it has. Throws when the database cannot be reached. */
  attempt(): Promise<void>
  /** Lets another one lead at once. */
  stop(): Promise<void>
}

/** Key of the advisory lock; any constant of our own will do. */
const LEADER_LOCK = 730_501_003
const PATIENCE = 5_000

/**
 * The lead is an advisory lock of one PostgreSQL session: it ends with the process that holds it, however that ends, so that
 * another server goes on within its next attempt. SQLite has one server only (`databaseUrl` ''), which leads.
 */
export function createLeadership(databaseUrl: string): Leadership {
  if (databaseUrl === '') return { isLeading: true, attempt: () => Promise.resolve(), stop: () => Promise.resolve() }
  let session: pg.Client | undefined
  let isLeading = false
  const forget = (lost: pg.Client): void => {
    if (session !== lost) return
    session = undefined
    isLeading = false
  }
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: databaseUrl, application_name: 'yijianshi-leader', keepAlive: true,
      connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE
    })
    client.on('error', () => forget(client))
    client.on('end', () => forget(client))
    await client.connect()
    return client
  }
  const ask = async (): Promise<void> => {
    const client = session ??= await connect()
    try {
      // Asked also by the one that leads: a session that died unnoticed must not go on leading.
      const { rows } = await client.query<{ won: boolean }>(isLeading
        ? 'select true as won' : 'select pg_try_advisory_lock($1) as won', isLeading ? [] : [LEADER_LOCK])
      isLeading = session === client && rows[0]!.won
    } catch (error) {
      forget(client)
      await client.end().catch(() => undefined)
      throw error
    }
  }
  let asking: Promise<void> | undefined
  return {
    get isLeading() { return isLeading },
    // One at a time: of two sessions of one server, the one that is forgotten would keep the lock from the other.
    attempt: () => asking ??= ask().finally(() => { asking = undefined }),
    async stop() {
      await asking?.catch(() => undefined)
      const client = session
      session = undefined
      isLeading = false
      await client?.end().catch(() => undefined)
    }
  }
}
