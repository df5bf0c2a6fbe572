import { readPrefill } from '../../shared/prefill.ts'
import type { Prefill } from '../../shared/prefill.ts'
import type { Fields } from '../../shared/form/schema.ts'

/** What a draft begins with. */
export interface Beginning {
  readonly common: Fields
  readonly items: Readonly<Record<string, Fields>>
  readonly agent: Fields | null
}

const OF_AN_AGENT = ['name', 'idType', 'idNumber', 'mobile'] as const

/** For oneself what is known; for somebody of the family (亲友办) nothing but who hands it in. */
export async function beginningOf(region: string, matters: readonly string[], isForRelative: boolean): Promise<Beginning> {
  const { common, items } = await readPrefill(region, matters)
  return isForRelative
    ? { common: {}, items: emptyItems(matters), agent: agentOf(common.person ?? {}) }
    : { common: { ...common }, items: { ...items }, agent: null }
}

/** The parts of further matters of a draft: what is known belongs to whoever is logged in, and to nobody else. */
export async function itemsFor(region: string, matters: readonly string[], isForRelative: boolean): Promise<Beginning['items']> {
  return isForRelative ? emptyItems(matters) : (await readPrefill(region, matters)).items
}

/** Whether the one who is logged in acts for another. */
export function actsForRelative(agent: Fields | null, known: Prefill | undefined): boolean {
  return agent !== null && agent.idNumber !== undefined && agent.idNumber === known?.common.person?.idNumber
}

function emptyItems(matters: readonly string[]): Record<string, Fields> {
  return Object.fromEntries(matters.map(slug => [slug, {}]))
}

function agentOf(person: Fields): Fields {
  return Object.fromEntries(OF_AN_AGENT.flatMap(name => (person[name] === undefined ? [] : [[name, person[name]]])))
}
