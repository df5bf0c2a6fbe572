import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiClient } from '../../scripts/client.ts'
import type { Cluster, ClusterSize } from '../../scripts/system/cluster.ts'
import { startCluster } from '../../scripts/system/cluster.ts'
import type { TestPerson } from './people.ts'
import { writePeople } from './people.ts'
import { freePortRange } from './ports.ts'
import type { RunningPostgres } from './postgres.ts'
import { startPostgres } from './postgres.ts'
import { signingIn } from './signing-in.ts'

/** A cluster of real processes on free ports and a PostgreSQL of its own, with people to act in it. */
export interface ClusterStack {
  readonly system: Cluster
  readonly postgres: RunningPostgres
  as(account: string): Promise<ApiClient>
  stop(): Promise<void>
}

const PORT_SPAN = 90

export async function startClusterStack(size: ClusterSize, people: readonly TestPerson[]): Promise<ClusterStack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cluster-'))
  const port = await freePortRange(PORT_SPAN)
  const postgres = await startPostgres()
  for (const name of ['server', 'engine']) await postgres.createDatabase(name)
  writePeople(dataDir, people)
  const system = await startCluster({
    port, dataDir, engine: 'operaton', root: process.cwd(),
    env: {
      NODE_ENV: 'development', PUBLIC_URL: `http://127.0.0.1:${port}`, DEPARTMENT_DAY_MS: '500', DATABASE_URL: postgres.url('server')
    },
    engineDatabase: { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password }
  }, size).catch(async error => {
    await postgres.stop()
    throw error
  })
  return {
    system, postgres,
    as: signingIn(system),
    async stop() {
      await system.stop()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}
