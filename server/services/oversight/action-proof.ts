import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { moveAction } from '../../db/oversight-actions.ts'
import { cleanFile } from '../../documents/file-types.ts'
import { originalName, readStoredFile, removeStoredFile, storeFile } from '../../documents/uploads.ts'
import { noteAction, ownAction } from './actions.ts'

export interface ReceivedFile {
  /** Where the uploader put the bytes, and the name the sender gave. */
  readonly path: string
  readonly fileName: string
}

/**
 * Keeps the file that is to prove an answer, in place of one that was handed in before.
 * Throws AppError NOT_FOUND, ACTION_MOVED_ON (409) once it is answered, FILE_TYPE_UNSUPPORTED.
 */
export async function keepProof(ctx: ServerContext, actor: Actor, id: string, file: ReceivedFile) {
  const row = await ownAction(ctx, actor, id)
  const received = await readFile(file.path)
  // From here on there is no readable copy on the disk.
  await rm(file.path, { force: true })
  const { bytes, mediaType, extension } = await cleanFile(received)
  const fileName = originalName(file.fileName, extension)
  const fileId = randomUUID()
  const storedName = await storeFile(ctx.crypto, ctx.config.dataDir, fileId, bytes)
  const patch = {
    proof_file_id: fileId, proof_stored_name: storedName, proof_media_type: mediaType,
    proof_file_name_enc: ctx.crypto.encrypt('oversight_action', 'proof_file_name_enc', id, fileName)
  }
  await ctx.db.transaction(async trx => {
    if (!await moveAction(trx, id, ['sent', 'acknowledged'], patch)) throw new AppError('ACTION_MOVED_ON')
    await noteAction(trx, ctx, actor, row, 'oversight-proof-kept')
  }).catch(async (error: unknown) => {
    await removeStoredFile(ctx.config.dataDir, storedName)
    throw error
  })
  if (row.proof_stored_name !== null) await removeStoredFile(ctx.config.dataDir, row.proof_stored_name)
  return { fileName, mediaType }
}

/** The file for somebody to read whom the action concerns. Throws AppError NOT_FOUND. */
export async function readProof(ctx: ServerContext, actor: Actor, id: string) {
  const row = await ownAction(ctx, actor, id)
  const { proof_file_id: fileId, proof_stored_name: storedName, proof_file_name_enc: name, proof_media_type: mediaType } = row
  if (fileId === null || storedName === null || name === null || mediaType === null) throw new AppError('NOT_FOUND')
  const bytes = await readStoredFile(ctx.crypto, ctx.config.dataDir, fileId, storedName)
  return { bytes, mediaType, fileName: ctx.crypto.decrypt('oversight_action', 'proof_file_name_enc', id, name) }
}
