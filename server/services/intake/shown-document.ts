import { AppError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import type { ApplicationContent } from '../../db/applications.ts'
import { personKey } from '../person-keys.ts'
import { readCard } from './card-reading.ts'

/** Whose document is shown at a counter. */
export type Holder = 'applicant' | 'agent'

/** Keyed hash of the document that the application names for somebody; null while it names none. */
export function namedKey({ crypto }: Pick<ServerContext, 'crypto'>, content: ApplicationContent, who: Holder): string | null {
  if (who === 'applicant') return personKey(crypto, content.common.person as Record<string, unknown> | undefined)
  return content.agent && personKey(crypto, { ...content.agent, idType: content.agent.idType ?? 'resident-id' })
}

/**
 * Holds the card that was read against the document that the application names, name and keyed number: nothing of the one is told
 * for the other. Answers the keyed hash of the card.
 * @throws AppError FORM_INVALID for a card that cannot be read, IDENTITY_MISMATCH (422)
 */
export function matchDocument(
  ctx: Pick<ServerContext, 'clock' | 'crypto'>, content: ApplicationContent, who: Holder, reading: string
): string {
  const card = readCard(reading, ctx.clock.today())
  const person = (who === 'applicant' ? content.common.person : content.agent) as { name?: unknown } | null | undefined
  // The card says what it is; the form may call the same number by another document (社会保障卡).
  const shown = personKey(ctx.crypto, { ...card })
  const named = namedKey(ctx, content, who)
  if (shown === null || shown !== named || card.name !== person?.name) throw new AppError('IDENTITY_MISMATCH')
  return shown
}
