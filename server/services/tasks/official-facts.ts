import { maskAddress } from '../../../core/masking.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { placeName } from '../../documents/papers/chinese.ts'
import { createLru } from '../../engine/decisions.ts'
import { identityOf } from '../../sharing/data-sharing.ts'
import type { Place, Shared, SharedRecords } from '../../sharing/data-sharing.ts'

/** What a public register says beside what was typed. */
export interface OfficialFact {
  readonly path: string
  readonly source: string
  /** Masked as the form is. */
  readonly text: string
  readonly isSame: boolean
}

const SOURCE = '公共数据平台'
const REMEMBERED = 500
const known = new WeakMap<object, ReturnType<typeof createLru<Promise<Shared<SharedRecords>>>>>()

/**
 * Compares name, number and addresses with the public data platform; nothing where it gives no answer. One version of an
 * application is asked about once.
 */
export async function officialFacts(
  ctx: Pick<ServerContext, 'dataSharing'>, region: Region, application: Application, content: ApplicationContent
): Promise<OfficialFact[]> {
  const person = (content.common.person ?? {}) as Record<string, unknown>
  const answer = await ask(ctx, application, person)
  if (answer === null || answer.outcome === 'unavailable') return []
  const isKnown = answer.outcome === 'known'
  const text = isKnown ? '姓名与证件号码相符' : '查无此姓名和证件号码'
  const identity = ['name', 'idNumber'].map(key => ({ path: `/common/person/${key}`, source: SOURCE, text, isSame: isKnown }))
  if (!isKnown) return identity
  return [...identity, ...placeFacts(region, person, 'household', answer.value.household), ...placeFacts(region, person, 'residence', answer.value.residence)]
}

function placeFacts(region: Region, person: Record<string, unknown>, name: 'household' | 'residence', place: Place | null): OfficialFact[] {
  if (!place) return []
  const typed = { division: person[`${name}Division`], address: person[`${name}Address`] }
  const facts = [{ path: `/common/person/${name}Division`, source: SOURCE, text: placeName(region, place.division), isSame: typed.division === place.division }]
  if (place.address !== '' && typed.address !== undefined) {
    facts.push({ path: `/common/person/${name}Address`, source: SOURCE, text: maskAddress(place.address), isSame: typed.address === place.address })
  }
  return facts
}

async function ask(
  { dataSharing }: Pick<ServerContext, 'dataSharing'>, { id, version }: Application, person: Record<string, unknown>
): Promise<Shared<SharedRecords> | null> {
  const identity = identityOf(person)
  if (!identity) return null
  const answers = known.get(dataSharing) ?? createLru<Promise<Shared<SharedRecords>>>(REMEMBERED)
  known.set(dataSharing, answers)
  const question = `${id} ${version}`
  const asked = answers.get(question) ?? dataSharing.records(identity, `${id}:desk-v${version}:1`)
  answers.set(question, asked)
  const answer = await asked
  if (answer.outcome === 'unavailable') answers.delete(question)
  return answer
}
