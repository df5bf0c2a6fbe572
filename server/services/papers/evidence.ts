import { createHash } from 'node:crypto'
import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { appendAudit, readChain, readVerified } from '../../db/audit.ts'
import { findAttempts, findCallsOfApplication } from '../../db/department-calls.ts'
import type { DepartmentCall } from '../../db/department-calls.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import { findMaterials } from '../../db/materials.ts'
import type { Material } from '../../db/materials.ts'
import type { Paper } from '../../documents/papers/paper.ts'
import { renderPaper } from '../../documents/papers/render.ts'
import type { ZipEntry } from '../../documents/zip.ts'
import { openMaterial } from '../materials/uploads.ts'
import { isMaterialOf } from '../materials/visible.ts'
import { timelineOf } from '../timeline.ts'
import { viewItems } from '../application-view.ts'
import { evidencePage } from './evidence-page.ts'
import { evidenceSigner, HASHES, SIGNATURE } from './evidence-signature.ts'
import type { Signer } from './evidence-signature.ts'
import { formPaper } from './form-paper.ts'
import { listNotices, openNotice } from './notices.ts'
import type { PaperScope } from './paper-scope.ts'
import { receiptPaper } from './receipt-paper.ts'

/**
 * Everything that proves a case, for a review or a court: a page to read it by, form, receipt, notices, materials, course, how
 * the days were counted, audit chain, what the departments answered, the SHA-256 of each (`sha256sum -c`), and last a signature
 * over those. As much of it as the actor may see; that it was taken, and the reason if one was given, is an event of the chain
 * itself. Throws AppError NOT_SUBMITTED for a draft.
 */
export async function evidenceOf(scope: PaperScope, actor: Actor, reason?: string): Promise<AsyncGenerator<ZipEntry>> {
  const { ctx, application } = scope
  if (application.submitted_at === null) throw new AppError('NOT_SUBMITTED')
  await appendAudit(ctx.db, {
    chain: application.id, type: 'evidence-exported', actor: auditActor(actor), data: { isMasked: scope.isMasked },
    text: reason?.trim() ?? null, at: ctx.clock.now()
  }, ctx.crypto)
  const signer = evidenceSigner(ctx.config.hashKey)
  return withHashes(filesOf(scope, signer), signer)
}

async function* withHashes(files: AsyncGenerator<ZipEntry>, signer: Signer): AsyncGenerator<ZipEntry> {
  const lines: string[] = []
  for await (const file of files) {
    lines.push(`${createHash('sha256').update(file.bytes).digest('hex')}  ${file.name}\n`)
    yield file
  }
  const hashes = Buffer.from(lines.join(''))
  yield { name: HASHES, bytes: hashes }
  yield json(SIGNATURE, signer.sign(hashes))
}

async function* filesOf(scope: PaperScope, { key }: Signer): AsyncGenerator<ZipEntry> {
  const printed = async (name: string, paper: Paper): Promise<ZipEntry> => ({ name: `${name}.pdf`, bytes: await renderPaper(paper) })
  yield printed('申请表', await formPaper(scope))
  const receipt = receiptPaper(scope)
  yield printed(receipt.title, receipt)
  const { notices } = await listNotices(scope)
  for (const [index, { id, title }] of notices.entries()) {
    yield printed(`文书/${numbered(index)}-${title}`, (await openNotice(scope, id)).paper)
  }
  yield* materialFiles(scope)
  const course = await courseOf(scope)
  const calls = await callsOf(scope)
  const { ctx, region, application } = scope
  const items = await viewItems(ctx, application, scope.items, await findItemsOfApplication(ctx.db, application.id))
  const page = evidencePage({ region, number: application.number ?? '', course, items, calls, fingerprint: key.fingerprint })
  yield json('办理过程.json', course)
  yield json('时限计算.json', items.map(({ slug, title, deadline }) => ({ slug, title, ...deadline })))
  yield json('审计链.json', await auditOf(scope))
  yield json('部门回执.json', calls)
  yield { name: 'index.html', bytes: Buffer.from(page) }
}

/**
 * What was handed in for the matters that the actor may see. Nobody can mask a scan: of a masked pack's files, as of one that
 * was changed on the disk, code and SHA-256 are told, so that the original can be held against them.
 */
async function* materialFiles({ ctx, application, matters, isMasked }: PaperScope): AsyncGenerator<ZipEntry> {
  const materials = await findMaterials(ctx.db, application.id)
  for (const [index, material] of materials.filter(material => isMaterialOf(material, matters)).entries()) {
    const name = `材料/${numbered(index)}-${material.code}`
    if (isMasked) {
      yield hashOnly(`${name}-未附原件`, material)
      continue
    }
    const opened = await openMaterial(ctx, application, material.id).catch((error: unknown) => error)
    if (opened instanceof Error) {
      yield hashOnly(`${name}-无法读取`, material)
      continue
    }
    const { bytes, fileName } = opened as { bytes: Buffer; fileName: string }
    yield { name: `${name}-${fileName}`, bytes }
  }
}

async function courseOf({ ctx, region, application, items, rows }: PaperScope) {
  const shown = new Set(items.map(({ id }) => id))
  const events = (await readChain(ctx.db, application.id)).filter(({ item_id }) => item_id === null || shown.has(item_id))
  return timelineOf(region, events, { items, rows })
}

/** The chain as it is stored: texts stay sealed, and of what concerns others only the links of the chain are told. */
async function auditOf({ ctx, application, items }: PaperScope) {
  const shown = new Set(items.map(({ id }) => id))
  const { events, verdict } = await readVerified(ctx.db, application.id)
  return {
    verdict,
    events: events.map(event => event.item_id === null || shown.has(event.item_id)
      ? event
      : { seq: event.seq, prev_hash: event.prev_hash, hash: event.hash, isWithheld: true })
  }
}

async function callsOf({ ctx, application, items }: PaperScope) {
  const shown = new Set(items.map(({ id }) => id))
  const calls = await findCallsOfApplication(ctx.db, application.id)
  const own = calls.filter(({ item_id }) => item_id === null || shown.has(item_id))
  return Promise.all(own.map(async call => ({
    requestId: call.id, topic: call.topic, department: call.department, itemId: call.item_id,
    status: call.status, outcome: call.outcome, receipt: receiptOf(call),
    payloadHash: call.payload_hash, responseHash: call.response_hash,
    attempts: await findAttempts(ctx.db, call.id)
  })))
}

function receiptOf({ receipt_number: number, receipt_issued_at: at }: DepartmentCall) {
  return number === null ? null : { number, issuedAt: at === null ? null : formatInstant(at) }
}

const json = (name: string, value: unknown): ZipEntry => ({ name, bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) })
const numbered = (index: number): string => String(index + 1).padStart(2, '0')
const hashOnly = (name: string, { sha256 }: Material): ZipEntry => ({ name: `${name}.txt`, bytes: Buffer.from(`原文件的 SHA-256：${sha256}\n`) })
