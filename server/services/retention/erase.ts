import type { RetentionKind } from '../../../core/retention.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, sealContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { eraseForm, eraseMessages, NOTHING } from '../../db/case-erasure.ts'
import { deleteMaterials, findMaterials } from '../../db/materials.ts'
import { removeStoredFile } from '../../documents/uploads.ts'
import { removeDraft } from '../applications.ts'

const ACTOR = { role: 'system', id: 'retention' } as const
const EMPTY = { common: {}, items: {}, agent: null }

/** Erases one thing whose period is over; false = it is no longer what it was (a draft that was sent in the meantime). */
export const erasers: Readonly<Record<RetentionKind, (ctx: ServerContext, id: string) => Promise<boolean>>> = {
  /** A draft goes whole, with its files: nothing of it ever counted. */
  async drafts(ctx, id) {
    const draft = await findApplication(ctx.db, id)
    if (!draft?.status_draft) return false
    await removeDraft(ctx, draft, draft.version)
    return true
  },

  /** The files go; code, size and hash stay in the trail, so that a paper that turns up can still be held against them. */
  async materials(ctx, id) {
    const files = await eraseOf(ctx, id, 'materials', async (trx, at) => {
      const materials = await findMaterials(trx, id)
      await deleteMaterials(trx, id)
      await trx('application').where({ id }).update({ materials_erased_at: at })
      const hashes = materials.map(({ code, size, sha256 }) => ({ code, size: Number(size), sha256 }))
      return { kept: materials, data: { materials: hashes } }
    })
    await Promise.all((files ?? []).map(file => removeStoredFile(ctx.config.dataDir, file.stored_name)))
    return files !== null
  },

  async forms(ctx, id) {
    const done = await eraseOf(ctx, id, 'forms', async (trx, at) => {
      await eraseForm(trx, id, { content: sealContent(ctx, id, EMPTY), at })
      return { kept: true, data: {} }
    })
    return done !== null
  },

  async messages(ctx, id) {
    const done = await eraseOf(ctx, id, 'messages', async trx => {
      await eraseMessages(trx, id)
      return { kept: true, data: {} }
    })
    return done !== null
  },

  async feedback({ db, crypto, clock }, id) {
    const content = crypto.encrypt('feedback', 'content_enc', id, JSON.stringify({ text: NOTHING }))
    const patch = { content_enc: content, reply_enc: null, mobile_last4_key: null, erased_at: clock.now() }
    return await db('feedback').where({ id, status: 'answered' }).whereNull('erased_at').update(patch) === 1
  }
}

/** Does a part of a case's erasure and notes it in the case's own chain, all or nothing. Null = it is no ended case. */
async function eraseOf<T>(
  { db, clock }: ServerContext, id: string, kind: RetentionKind,
  work: (trx: ServerContext['db'], at: number) => Promise<{ kept: T; data: Readonly<Record<string, unknown>> }>
): Promise<T | null> {
  return db.transaction(async trx => {
    if (!isEnded(await findApplication(trx, id, true))) return null
    const at = clock.now()
    const { kept, data } = await work(trx, at)
    await appendAudit(trx, { chain: id, type: 'case-erased', actor: ACTOR, data: { kind, ...data }, at })
    return kept
  })
}

const isEnded = (application: Application | null): boolean =>
  application !== null && !application.status_draft && (application.closed_at !== null || application.refused_at !== null)
