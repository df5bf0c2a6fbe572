import type { DepartmentReply, MatterDeps } from './matter.ts'

/**
 * `regions/<region>/departments/<department>.json`: how a department of that region calls what we call otherwise. Every table is
 * ours → theirs; of `codes` by our name of the field. What no table names is called alike.
 */
export interface Dialect {
  /** Name of the system. */
  readonly system: string
  /** What the names are worth. */
  readonly note?: string
  /** Kinds of business; only these go to the department under its own names. */
  readonly kinds: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>
}

type Members = Readonly<Record<string, unknown>>

/** Ours in their words, members of members too. */
export function toTheirs(dialect: Dialect, members: Members): Record<string, unknown> {
  const naming: Naming = name => ({ ours: name, name: dialect.fields[name] ?? name })
  return renamed(members, naming, (ours, value) => dialect.codes[ours]?.[String(value)])
}

/** Theirs in our words; `true` and `false` become truth values again. */
export function toOurs(dialect: Dialect, members: Members): Record<string, unknown> {
  const names = inverse(dialect.fields)
  const codes = Object.fromEntries(Object.entries(dialect.codes).map(([ours, table]) => [ours, inverse(table)]))
  return renamed(members, name => ({ ours: names[name] ?? name, name: names[name] ?? name }), (ours, value) => {
    const known = codes[ours]?.[String(value)]
    return known === 'true' || known === 'false' ? known === 'true' : known
  })
}

/** The outside in our words, whatever the department speaks: a handler never sees a dialect. */
export function speaking(dialect: Dialect | undefined, deps: MatterDeps): MatterDeps {
  if (!dialect) return deps
  const kindOf = (kind: string) => dialect.kinds[kind]
  const understood = (reply: DepartmentReply): DepartmentReply => ({ ...reply, result: toOurs(dialect, reply.result) })
  return {
    async department(kind, body) {
      const theirs = kindOf(kind)
      if (theirs === undefined) return deps.department(kind, body)
      return understood(await deps.department(theirs, toTheirs(dialect, body)))
    },
    async ask(kind, body) {
      const theirs = kindOf(kind)
      if (theirs === undefined) return deps.ask(kind, body)
      const reply = await deps.ask(theirs, toTheirs(dialect, body))
      return reply && understood(reply)
    }
  }
}

type Naming = (name: string) => { readonly ours: string, readonly name: string }
type Coding = (ours: string, value: unknown) => unknown

function renamed(members: Members, naming: Naming, coding: Coding): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([given, value]) => {
    const { ours, name } = naming(given)
    return [name, recoded(ours, value, naming, coding)]
  }))
}

function recoded(ours: string, value: unknown, naming: Naming, coding: Coding): unknown {
  if (Array.isArray(value)) return value.map(one => recoded(ours, one, naming, coding))
  if (typeof value === 'object' && value !== null) return renamed(value as Members, naming, coding)
  return coding(ours, value) ?? value
}

function inverse(table: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([ours, theirs]) => [theirs, ours]))
}
