/** What is noted of a seeded case; the last of them only when it is over. */
const EVENTS = ['application-submitted', 'application-accepted', 'item-approved'] as const

const hash = (index: number) => `event${index}.hash`

/**
 * The audit trail of a seeded case (`key`, `created`), reckoned by the database as server/db/audit.ts does it: canonical JSON,
 * each hash over the one before.
 */
export const TRAIL = EVENTS.map((type, index) => {
  const members = [
    ['actor_id', "'\"bench\"'"], ['actor_role', "'\"system\"'"], ['at', 'created'], ['chain', quoted('key')], ['data', "'\"{}\"'"], ['id', quoted(idOf(index))],
    ['item_id', index === 2 ? quoted('key') : "'null'"], ['seq', `'${index + 1}'`], ['text_enc', "'null'"], ['type', `'"${type}"'`]
  ]
  const json = members.map(([name, value]) => `'"${name}":' || ${value}`).join(` || ',' || `)
  const before = index === 0 ? "repeat('0', 64)" : hash(index - 1)
  return `cross join lateral (select '{' || ${json} || '}' as text) as told${index}
    cross join lateral (select encode(sha256(convert_to(${before} || told${index}.text, 'UTF8')), 'hex') as hash) as event${index}`
}).join('\n')

/** What the application keeps of its trail. */
export const TRAIL_HEAD = `case when is_open then '2:' || ${hash(1)} else '3:' || ${hash(2)} end`

/** The statement that stores the trails of these cases. */
export function trailRows(cases: string): string {
  const rows = EVENTS.map((type, index) => `(${index + 1}, ${idOf(index)}, '${type}', ${index === 2 ? 'key' : 'null'},
    ${index === 0 ? "repeat('0', 64)" : hash(index - 1)}, ${hash(index)})`)
  return `insert into audit_event (id, chain, seq, at, type, actor_role, actor_id, item_id, data, prev_hash, hash)
    select event.id, key, event.seq, created, event.type, 'system', 'bench', event.item_id, '{}', event.prev_hash, event.hash
    from (${cases}) as seeded ${TRAIL}
    cross join lateral (values ${rows.join(', ')}) as event(seq, id, type, item_id, prev_hash, hash) where event.seq < 3 or not is_open`
}

function idOf(index: number): string {
  return `md5('event-${index}-' || n)::uuid::text`
}

function quoted(column: string): string {
  return `'"' || ${column} || '"'`
}
