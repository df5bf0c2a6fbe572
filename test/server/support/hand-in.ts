import type { Actor } from '../../../server/auth/actor.ts'
import type { ServerContext } from '../../../server/context.ts'
import { findApplication } from '../../../server/db/applications.ts'
import { keepFile } from '../../../server/services/materials/uploads.ts'
import type { NewFile } from '../../../server/services/materials/uploads.ts'

/** Keeps files with a submitted case as they were handed in, which is before its submission: afterwards none is taken. */
export async function handIn(ctx: ServerContext, actor: Actor, applicationId: string, files: readonly NewFile[]): Promise<void> {
  const setDraft = (isDraft: boolean) => ctx.db('application').where({ id: applicationId }).update({ status_draft: isDraft })
  await setDraft(true)
  const draft = (await findApplication(ctx.db, applicationId))!
  for (const file of files) await keepFile(ctx, actor, draft, file)
  await setDraft(false)
}
