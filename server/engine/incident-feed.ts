import type { ServerContext } from '../context.ts'
import { raiseAlert } from '../db/alerts.ts'
import type { Item } from '../db/items.ts'
import { findStuckOutbox } from '../db/outbox.ts'
import { findSubjects } from '../services/subjects.ts'
import type { EngineIncident } from './gateway-jobs.ts'
import { everyPage } from './gateway-instances.ts'
import type { InstanceCache } from './instance-cache.ts'

type Context = Pick<ServerContext, 'db' | 'engine' | 'clock'>

interface Flags {
  readonly items: Set<string>
  readonly rows: Set<string>
}

const SETTLED = ['rejected', 'withdrawn', 'not-accepted', 'delivered']

/**
 * Marks what stands still and needs a person: subjects of the engine's incidents and of outbox entries that keep failing.
 * What has come to life again loses its mark. Answers how many are marked.
 */
export function createIncidentFeed(ctx: Context, instances: InstanceCache): { poll(): Promise<number> } {
  // Read once: among millions of items only the few marks matter, and this feed alone sets them.
  const marked = remember(async () => ({ items: await markedIn(ctx, 'item'), rows: await markedIn(ctx, 'item_row') }))
  return {
    async poll() {
      const incidents = await originsOf(ctx)
      const facts = await instances(incidents.map(({ instanceId }) => instanceId))
      const stuck = await findStuckOutbox(ctx.db)
      const keys = [...[...facts.values()].flatMap(({ businessKey }) => businessKey ?? []), ...stuck.map(row => row.aggregate_id)]
      const flags = await flagsOf(ctx, [...new Set(keys)])
      const before = await marked()
      await setFlags(ctx, 'item', before.items, flags.items)
      await setFlags(ctx, 'item_row', before.rows, flags.rows)
      return flags.items.size + flags.rows.size
    }
  }
}

async function originsOf({ engine }: Context): Promise<EngineIncident[]> {
  const found: EngineIncident[] = []
  for await (const page of everyPage(at => engine.incidents(at))) found.push(...page.filter(({ isOrigin }) => isOrigin))
  return found
}

/** An incident of the umbrella, or of the start, holds up every item that is not settled; a row's also marks its item. */
async function flagsOf({ db }: Context, keys: readonly string[]): Promise<Flags> {
  const subjects = [...(await findSubjects(db, keys)).values()]
  const whole = subjects.filter(({ item }) => item === null).map(({ application }) => application.id)
  const unsettled: string[] = whole.length > 0
    ? await db('item').whereIn('application_id', whole).whereNotIn('status', SETTLED).pluck('id')
    : []
  return {
    items: new Set([...unsettled, ...subjects.flatMap(({ item }) => (item ? [item.id] : []))]),
    rows: new Set(subjects.flatMap(({ row }) => (row ? [row.id] : [])))
  }
}

/** Writes only what differs, so that a quiet system writes nothing. */
async function setFlags(
  { db, clock }: Context, table: 'item' | 'item_row', marked: Set<string>, wanted: ReadonlySet<string>
): Promise<void> {
  const change = async (ids: readonly string[], flag: boolean): Promise<void> => {
    for (let start = 0; start < ids.length; start += 500) {
      const part = ids.slice(start, start + 500)
      const at = clock.now()
      await db.transaction(async trx => {
        await trx(table).whereIn('id', part).update({ has_incident: flag, updated_at: at })
        if (!flag || table === 'item_row') return // a row's mark comes with its item's
        for (const item of await trx<Item>('item').whereIn('id', part)) {
          const { id, region, department, division, slug, application_id } = item
          await raiseAlert(trx, { kind: 'incident', source: `${id}:${at}`, region, department, division, slug, application_id, at })
        }
      })
      for (const id of part) {
        if (flag) marked.add(id)
        else marked.delete(id)
      }
    }
  }
  await change([...wanted].filter(id => !marked.has(id)), true)
  await change([...marked].filter(id => !wanted.has(id)), false)
}

async function markedIn({ db }: Context, table: 'item' | 'item_row'): Promise<Set<string>> {
  return new Set(await db(table).where({ has_incident: true }).pluck('id') as string[])
}

function remember<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined
  return () => {
    known ??= read()
    known.catch(() => { known = undefined })
    return known
  }
}
