import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { appendAudit } from '../db/audit.ts'

export interface Feedback {
  readonly text: string
  /** How to answer, if the sender wants an answer. */
  readonly contact?: string
  /** Page on which it was written. */
  readonly page?: string
}

/** Keeps an opinion on the site, encrypted, in the system's audit chain; answers its id. */
export async function keepFeedback(ctx: ServerContext, actor: Actor | null, feedback: Feedback): Promise<{ id: string }> {
  const { id } = await appendAudit(ctx.db, {
    chain: 'system',
    type: 'feedback',
    actor: { role: actor ? 'user' : 'anonymous', id: actor?.account ?? actor?.key ?? '-' },
    text: JSON.stringify(feedback),
    at: ctx.clock.now()
  }, ctx.crypto)
  return { id }
}
