import { answer, api } from './api.ts'
import type { Schemas } from './api.ts'
import type { Source } from './form/context.ts'
import { valueAt } from './form/pointer.ts'
import type { Fields } from './form/schema.ts'

export interface Prefill {
  readonly common: { readonly person?: Fields }
  readonly items: Readonly<Record<string, Fields>>
  readonly sources: readonly { readonly path: string; readonly text: string; readonly isReadOnly: boolean }[]
}

/** Where a value came from, as long as it is the one that was known. */
export function sourceOf(known: Prefill, pointer: string, value: unknown): Source | undefined {
  const source = known.sources.find(({ path }) => path === pointer)
  if (!source || JSON.stringify(valueAt(known, pointer)) !== JSON.stringify(value)) return undefined
  const { text, isReadOnly } = source
  return { isReadOnly, text: isReadOnly ? `来自${text}，不用填写。` : `已按${text}填好，可以修改。` }
}

/** What is known of the person who is logged in, laid into the form for these matters. */
export async function readPrefill(region: string, matters: readonly string[]): Promise<Prefill> {
  const params = { path: { region }, query: { matters: matters.join() } }
  return await answer(api.GET('/regions/{region}/prefill', { params })) as unknown as Prefill
}

const FACTS = ['birthDate', 'sex', 'idType', 'householdDivision', 'residenceDivision'] as const

/** What the rules may know of the form's common part. */
export function factsOf({ person = {} }: Prefill['common']): Schemas['Facts'] {
  return Object.fromEntries(FACTS.flatMap(name => (person[name] === undefined ? [] : [[name, person[name]]])))
}
