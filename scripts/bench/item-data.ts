import type pg from 'pg'
import type { Region } from '../../core/region.ts'
import { inBatches, inBulk } from './bulk.ts'

export interface ItemData {
  readonly open: number
  readonly closed: number
  readonly seed: number
  readonly region: Region
  /** Business ms. */
  readonly now: number
  /** Keeps several sets in one database apart. */
  readonly set?: string
}

const DAY = 86_400_000
const keyOf = (prefix: string, number: string) => `md5('${prefix}-' || ${number})::uuid::text`
/** The id of the item of a set with the number n, from 0, as SQL. */
export const itemKey = (set = ''): string => keyOf(`${set}item`, 'n')
/** Items of one application. */
export const ITEMS_OF_ONE = 3

/**
 * Puts items with their applications into the server's database, three of each: the open ones are promised for a day of five
 * before now to twenty after it, one in fifty waits for a correction and one in two hundred stands still; the closed ones
 * were decided within two years.
 */
export async function seedItems(client: pg.Client, { open, closed, seed, region, now, set = '' }: ItemData): Promise<void> {
  const random = (column: number) => `(hashint8extended(n, ${seed * 16 + column}) & 2147483647)`
  const pick = (texts: readonly string[], number: string) => `(array[${texts.map(text => `'${text}'`).join(', ')}])[1 + ${number} % ${texts.length}]`
  const { matters } = region
  // One of each third of the matters, as an application has none twice.
  const matter = `(n % ${ITEMS_OF_ONE}) * ${Math.floor(matters.length / ITEMS_OF_ONE)} + ${random(1)} % ${Math.floor(matters.length / ITEMS_OF_ONE)}`
  const channelOf = (application: string) => pick(['online', 'online', 'online', 'window', 'platform'], `(hashint8extended(${application}, ${seed * 16 + 3}) & 2147483647)`)
  const day = (instant: string) => `to_char(to_timestamp((${instant}) / 1000) at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
  const divisions = region.divisions.map(({ code }) => code)
  await inBulk(client, ['application', 'item', 'clock_interval'], async () => {
    await inBatches(1, Math.ceil((open + closed) / ITEMS_OF_ONE), (from, to) => client.query(`
      insert into application (id, number, region, channel, status_draft, applicant_key, content_enc, division, created_by, created_at, updated_at, submitted_at, accepted_at, process_started_at)
      select ${keyOf(`${set}application`, 'n')}, 'S${set}' || n, '${region.slug}', ${channelOf('n')}, false, 'bench', '',
        ${pick(divisions, random(2))}, 'bench', ${now - 30 * DAY}, ${now}, ${now - 30 * DAY}, ${now - 30 * DAY}, ${now - 30 * DAY}
      from generate_series(${from}::bigint, ${to}::bigint) as n`))
    await inBatches(0, open + closed - 1, (from, to) => client.query(`
      insert into item (id, application_id, slug, region, department, division, channel, status, outcome, promised_due, red_due, deadline_kind, decided_at, created_at, updated_at)
      select ${itemKey(set)}, ${keyOf(`${set}application`, `(n / ${ITEMS_OF_ONE} + 1)`)}, slug, '${region.slug}', department, division, ${channelOf(`(n / ${ITEMS_OF_ONE} + 1)`)},
        case when is_open then case when ${random(4)} % 50 = 0 then 'correcting' else 'reviewing' end else 'delivered' end,
        case when not is_open then 'approved' end, ${day('due')}, ${day(`due + ${DAY}`)}, case when ${random(5)} % 4 = 0 then 'immediate' else 'promised' end,
        case when not is_open then decided end, ${now - 30 * DAY}, ${now}
      from (select n, n < ${open} as is_open, ${pick(matters.map(({ slug }) => slug), `(${matter})`)} as slug,
          ${pick(matters.map(({ department }) => department), `(${matter})`)} as department, ${pick(divisions, random(2))} as division,
          ${now - 5 * DAY} + ${random(6)} % 25 * ${DAY} as due, ${now} - ${random(7)} % 730 * ${DAY} as decided
        from generate_series(${from}::bigint, ${to}::bigint) as n) as told`))
    await inBatches(0, open - 1, (from, to) => client.query(`
      insert into clock_interval (id, subject_id, kind, started_on)
      select ${keyOf(`${set}interval`, 'n')}, ${itemKey(set)}, 'special', '2026-03-20'
      from generate_series(${from}::bigint, ${to}::bigint) as n where ${random(8)} % 200 = 0`))
  })
}
