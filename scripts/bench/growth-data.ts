import type pg from 'pg'
import type { CryptoProvider } from '../../server/crypto/crypto-provider.ts'
import type { RestOptions } from '../../server/engine/rest.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { copyInstances, seedHistoricInstances } from './instance-copies.ts'
import { forgetInstance, modelInstance } from './model-instance.ts'
import { KEY, seedReadModel } from './task-data.ts'
import { useEngineTime } from './timer-storm.ts'
import { REGION } from './world.ts'

/** Of the seeded applications one in so many is still under way. */
export const ONE_OPEN_OF = 10

/** Where they are put. */
export interface GrowthPlace {
  readonly clients: Readonly<Record<'server' | 'engine', pg.Client>>
  readonly engine: Pick<RestOptions, 'url' | 'user' | 'password'>
  readonly crypto: CryptoProvider
}

export interface GrowthData {
  readonly from: number
  readonly to: number
  readonly seed: number
}

/**
 * Puts applications into both databases as if they had been handed in and, but for one in ten, decided: with item, task,
 * decision and audit trail here, and with the history and, of the open ones, the running instance with its timers there. Server
 * and workers must stand still.
 */
export async function seedApplications(
  { clients, engine, crypto }: GrowthPlace, { from, to, seed }: GrowthData
): Promise<void> {
  const region = createRegionCatalogue().get(REGION)
  await seedReadModel(clients.server, { crypto }, {
    from, to, seed, region, now: Date.now(), oneOpenOf: ONE_OPEN_OF, hasTrail: true
  })
  await useEngineTime(clients.engine)
  for (const [until, where] of [['end', `n % ${ONE_OPEN_OF} <> 0`], ['review', `n % ${ONE_OPEN_OF} = 0`]] as const) {
    const model = await modelInstance(engine, until)
    await copyInstances(clients.engine, { model, key: KEY, from, to, where, tasksOnly: true })
    await forgetInstance(engine, model)
  }
  await seedHistoricInstances(clients.engine, {
    process: `${REGION}-enrolment`, id: "md5('umbrella-' || n)::uuid::text", key: KEY, from, to, isOver: `n % ${ONE_OPEN_OF} <> 0`
  })
  // A server that had followed all this would have come so far.
  for (const name of ['tasks', 'tasks-ended', 'timers']) {
    await clients.server.query('insert into feed_cursor (name, value) values ($1, $2) on conflict (name) do update set value = $2', [name, String(Date.now())])
  }
}
