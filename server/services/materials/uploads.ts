import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import type { Knex } from 'knex'
import { AppError } from '../../../core/errors.ts'
import { auditActor, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { isApplicantOf } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, mattersOf } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { findOpenCorrections } from '../../db/corrections.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import { findMaterial, findMaterials, insertMaterial } from '../../db/materials.ts'
import type { Material } from '../../db/materials.ts'
import { acceptPhoto } from '../../documents/accept-photo.ts'
import type { PhotoRemark } from '../../documents/accept-photo.ts'
import { cleanFile } from '../../documents/file-types.ts'
import type { CleanFile } from '../../documents/file-types.ts'
import { originalName, readStoredFile, removeStoredFile, storeFile } from '../../documents/uploads.ts'
import { viewingPurpose } from '../tasks/viewing-purpose.ts'
import { isMaterialOf, visibleMatters } from './visible.ts'

const MAX_FILES = 40
const MAX_BYTES = 80 * 1024 * 1024

export interface Upload {
  readonly code: string
  readonly slug?: string
  /** Where the uploader put the bytes, and the name the sender gave. */
  readonly path: string
  readonly fileName: string
}

/**
 * Keeps one uploaded file. Possible while the application is a draft or something of it waits for a correction. Throws AppError
 * ALREADY_SUBMITTED, MATERIAL_NOT_NEEDED, MATTER_UNKNOWN, FILE_TYPE_UNSUPPORTED, PHOTO_NOT_ACCEPTED, FILE_TOO_LARGE (quota).
 */
export async function addMaterial(ctx: ServerContext, actor: Actor, application: Application, upload: Upload) {
  await requireOpen(ctx, application)
  if (ctx.regions.get(application.region).hasMaterials === false) throw new AppError('MATERIAL_NOT_NEEDED')
  if (upload.slug !== undefined && !mattersOf(application).includes(upload.slug)) {
    const message = '该事项不在本申请所选的事项中'
    throw new AppError('MATTER_UNKNOWN', { detail: `${message}。`, fields: [{ path: '/slug', code: 'MATTER_UNKNOWN', message }] })
  }
  const received = await readFile(upload.path)
  // From here on there is no readable copy on the disk.
  await rm(upload.path, { force: true })
  const { bytes, mediaType, extension, findings } = await takeFile(ctx, application, upload.code, received)
  const { code, slug } = upload
  const file = { bytes, mediaType, code, slug: slug ?? null, fileName: originalName(upload.fileName, extension) }
  return { ...await keepFile(ctx, actor, application, file), ...(findings && { findings }) }
}

export interface NewFile {
  readonly bytes: Buffer
  readonly mediaType: string
  readonly code: string
  readonly slug: string | null
  readonly fileName: string
}

/**
 * Encrypts and keeps a clean file as a material. Throws AppError FILE_TOO_LARGE when the application has no room for it,
 * ALREADY_SUBMITTED and NOT_FOUND when it was submitted or deleted meanwhile; nothing is kept then.
 */
export async function keepFile(ctx: ServerContext, actor: Actor, application: Application, file: NewFile) {
  const { bytes, mediaType, code, slug, fileName } = file
  await requireRoom(ctx, application.id, bytes.length)
  const id = randomUUID()
  const storedName = await storeFile(ctx.crypto, ctx.config.dataDir, id, bytes)
  const material: Material = {
    id,
    application_id: application.id,
    code,
    slug,
    file_name_enc: ctx.crypto.encrypt('material', 'file_name_enc', id, fileName),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    media_type: mediaType,
    stored_name: storedName,
    uploaded_by: idOf(actor),
    created_at: ctx.clock.now()
  }
  await ctx.db.transaction(trx => insertWhileOpen(trx, material)).catch(async (error: unknown) => {
    await removeStoredFile(ctx.config.dataDir, storedName)
    throw error
  })
  return materialView(ctx, material)
}

/** Reading, cleaning and storing take a while: only with the row locked is it sure that the application still takes files. */
async function insertWhileOpen(trx: Knex, material: Material): Promise<void> {
  const current = await findApplication(trx, material.application_id, true)
  if (!current) throw new AppError('NOT_FOUND')
  await requireOpen({ db: trx }, current)
  await insertMaterial(trx, material)
}

/** A photo of the card has a rule of its own; of it alone `findings` are told. */
async function takeFile(
  { regions }: ServerContext, { region }: Application, code: string, received: Buffer
): Promise<CleanFile & { readonly findings?: readonly PhotoRemark[] }> {
  const isPhoto = regions.get(region).photoMaterials?.includes(code) ?? false
  return isPhoto ? acceptPhoto(received) : cleanFile(received)
}

/**
 * A material for somebody to read. A material is full of personal data, so that a member of the staff looked at it, and for
 * which work, is noted before it is handed out. Throws AppError NOT_FOUND for one of another application or of a matter that is
 * not the actor's to see.
 */
export async function readMaterial(ctx: ServerContext, actor: Actor, application: Application, id: string) {
  const material = await findMaterial(ctx.db, application.id, id)
  if (!material || !isMaterialOf(material, await visibleMatters(ctx, actor, application))) throw new AppError('NOT_FOUND')
  const opened = await withBytes(ctx, material)
  if (!isApplicantOf(actor, application)) {
    await appendAudit(ctx.db, {
      chain: application.id, type: 'personal-data-viewed', actor: auditActor(actor), at: ctx.clock.now(),
      data: { materialId: id, ...await viewingPurpose(ctx.db, actor, application.id) }
    })
  }
  return opened
}

/** A material with its bytes. Throws AppError NOT_FOUND for one of another application. */
export async function openMaterial(ctx: ServerContext, application: Application, id: string) {
  const material = await findMaterial(ctx.db, application.id, id)
  if (!material) throw new AppError('NOT_FOUND')
  return withBytes(ctx, material)
}

async function withBytes(ctx: ServerContext, material: Material) {
  const bytes = await readStoredFile(ctx.crypto, ctx.config.dataDir, material.id, material.stored_name)
  return { bytes, mediaType: material.media_type, fileName: fileNameOf(ctx, material) }
}

export function materialView(ctx: Pick<ServerContext, 'crypto'>, material: Material) {
  const { id, code, slug, sha256, size, media_type } = material
  return { id, code, slug, fileName: fileNameOf(ctx, material), sha256, size, mediaType: media_type }
}

function fileNameOf({ crypto }: Pick<ServerContext, 'crypto'>, { id, file_name_enc }: Material): string {
  return crypto.decrypt('material', 'file_name_enc', id, file_name_enc)
}

/** Materials come while the application is a draft or waits for a correction. Throws AppError ALREADY_SUBMITTED. */
export async function requireOpen({ db }: Pick<ServerContext, 'db'>, application: Application): Promise<void> {
  if (application.status_draft) return
  const items = await findItemsOfApplication(db, application.id)
  const corrections = await findOpenCorrections(db, items.map(({ id }) => id))
  if (corrections.size === 0) throw new AppError('ALREADY_SUBMITTED', { extra: { number: application.number } })
}

async function requireRoom({ db }: ServerContext, applicationId: string, size: number): Promise<void> {
  const kept = await findMaterials(db, applicationId)
  const total = kept.reduce((sum, material) => sum + material.size, size)
  if (kept.length >= MAX_FILES || total > MAX_BYTES) {
    throw new AppError('FILE_TOO_LARGE', { detail: `一件申请最多上传 ${MAX_FILES} 份材料，合计不超过 ${MAX_BYTES / 1024 / 1024} MB。` })
  }
}
