import { answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { readKept, writeKept } from '../kept.ts'
import { beginningOf } from './beginning.ts'

/** In the address: somebody applies for a member of the family (亲友办). */
export const FOR_RELATIVE = 'relative'

/** The key is kept until the draft is there: a second try after a lost answer makes no second draft. */
export async function createDraft(region: string, matters: string[], isForRelative: boolean): Promise<string> {
  const name = `new:${region}:${matters.join()}${isForRelative ? `:${FOR_RELATIVE}` : ''}`
  const key = readKept<string>(name) ?? newKey()
  writeKept(name, key)
  const params = { header: { 'Idempotency-Key': key } }
  const body = { region, channel: 'online' as const, matters, ...await beginningOf(region, matters, isForRelative) }
  const { id } = await answer(api.POST('/applications', { params, body: body as never }))
  writeKept(name, null)
  return id
}

/** The draft of just these matters for oneself, begun before or now. */
export async function startedDraft(region: string, matters: string[]): Promise<string> {
  const { applications } = await answer(api.GET('/applications', {}))
  const wanted = [...matters].sort().join()
  for (const { id, status, region: where, matters: of } of applications) {
    if (status !== 'draft' || where !== region || [...of].sort().join() !== wanted) continue
    // One with an agent may be a relative's.
    const { content } = await answer(api.GET('/applications/{id}', { params: { path: { id } } }))
    if (content?.agent === null) return id
  }
  return createDraft(region, matters, false)
}
