import sharp from 'sharp'
import { formatInstant } from '../../core/dates.ts'
import type { ServerContext } from '../context.ts'
import { readContent } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import type { Item } from '../db/items.ts'
import { findItemsOfApplication } from '../db/items.ts'
import { findMaterials } from '../db/materials.ts'
import type { Material } from '../db/materials.ts'
import { checkPhoto } from '../documents/photo-check.ts'
import { readStoredFile } from '../documents/uploads.ts'
import { isToDeliver } from './steps/collect-results.ts'
import type { Subject } from './subjects.ts'

export interface StepFields {
  /** By alias; what the applicant left out is null. */
  readonly fields: Record<string, unknown>
  /** The item on whose behalf is spoken; of a step of the whole application the first one whose result is to be mailed. */
  readonly item: Item | null
}

/**
 * What a department may be told in a step: exactly the fields that `steps.json` lists for the topic, taken by JSON pointer
 * from `{ common, item, row, fee, acceptedAt, materials }`. A material is told by its measures and its hash, never by its name.
 */
export async function stepFields(
  ctx: ServerContext, subject: Subject, aliases: Readonly<Record<string, string>>
): Promise<StepFields> {
  const { application, row } = subject
  const content = readContent(ctx, application)
  const item = subject.item ?? (await findItemsOfApplication(ctx.db, application.id)).find(isToDeliver('mail')) ?? null
  const itemContent = (item && content.items[item.slug]) ?? {}
  const rows = (itemContent.rows ?? []) as { readonly insurance?: string }[]
  const source: Record<string, unknown> = {
    common: content.common, item: itemContent,
    acceptedAt: acceptedAt(ctx, application),
    fee: ctx.regions.get(application.region).matters.find(({ slug }) => slug === item?.slug)?.fee,
    row: row && { ...rows.find(one => one.insurance === row.insurance), amountFen: row.amount_fen }
  }
  const wanted = Object.values(aliases).flatMap(pointer => /^\/materials\/([^/]+)/.exec(pointer)?.[1] ?? [])
  if (wanted.length > 0) source.materials = await toldMaterials(ctx, application, wanted, item)
  const fields = Object.entries(aliases).map(([alias, pointer]) => [alias, valueAt(source, pointer)])
  return { fields: Object.fromEntries(fields) as Record<string, unknown>, item }
}

/** Instant of acceptance (RFC 3339) by the clock of the departments, which is the real one: facts are those of then. */
function acceptedAt({ clock }: ServerContext, { accepted_at }: Application): string | null {
  return accepted_at === null ? null : formatInstant(accepted_at - clock.offset)
}

/** The value at a JSON pointer (RFC 6901), null where there is none. */
function valueAt(source: unknown, pointer: string): unknown {
  let here = source
  for (const name of pointer.split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return null
    here = (here as Record<string, unknown>)[name]
  }
  return here ?? null
}

/** The latest material of each wanted code; one of the matter's own goes before a common one. */
async function toldMaterials(
  ctx: ServerContext, application: Application, codes: readonly string[], item: Item | null
): Promise<Record<string, unknown>> {
  const all = await findMaterials(ctx.db, application.id)
  const told: Record<string, unknown> = {}
  const isPhoto = (code: string): boolean => ctx.regions.get(application.region).photoMaterials?.includes(code) ?? false
  for (const code of codes) {
    const fitting = all.filter(material => material.code === code && (material.slug === null || material.slug === item?.slug))
    const material = fitting.filter(({ slug }) => slug !== null).at(-1) ?? fitting.at(-1)
    if (material) told[code] = await describe(ctx, material, isPhoto(code))
  }
  return told
}

async function describe(
  { crypto, config }: ServerContext, { id, stored_name, sha256, size, media_type }: Material, isPhoto: boolean
): Promise<Record<string, unknown>> {
  const told = { sha256, mediaType: media_type, bytes: size }
  if (!media_type.startsWith('image/')) return told
  const bytes = await readStoredFile(crypto, config.dataDir, id, stored_name)
  const { width, height, density } = await sharp(bytes).metadata()
  // What is too close for a machine was taken at the upload, for a person to look at.
  const doubt = isPhoto && (await checkPhoto(bytes)).some(({ isDoubtful }) => isDoubtful) ? { isDoubtful: true } : {}
  return { ...told, ...doubt, widthPx: width, heightPx: height, ...(density === undefined ? {} : { dpi: Math.round(density) }) }
}
