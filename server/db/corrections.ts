import type { Knex } from 'knex'

export interface CorrectionField {
  /** JSON pointer into the application, e.g. /common/person/mobile. */
  readonly path: string
  readonly reasonCode: string
  readonly text: string
}

export interface CorrectionMaterial {
  readonly code: string
  readonly reasonCode: string
  readonly text: string
}

export type CorrectionStatus = 'open' | 'submitted' | 'lapsed' | 'withdrawn'

/** 分项补正: exactly what has to be changed, nothing else may be. JSON columns are text. */
export interface Correction {
  readonly id: string
  readonly item_id: string
  readonly application_id: string
  readonly fields: string
  readonly materials: string
  /** Last day on which it may be handed in. */
  readonly deadline: string | null
  readonly status: CorrectionStatus
  /** Null until the process has reached the wait; before that the applicant does not see it. */
  readonly opened_at: number | null
  readonly created_by: string
  readonly created_at: number
  readonly submitted_at: number | null
}

export interface NewCorrection {
  /** The id of the decision that asks for it: from there the task, and with it a declaration's row, is found. */
  readonly id: string
  readonly itemId: string
  readonly applicationId: string
  readonly fields: readonly CorrectionField[]
  readonly materials: readonly CorrectionMaterial[]
  readonly createdBy: string
  readonly at: number
}

export type CorrectionPatch = Partial<Pick<Correction, 'deadline' | 'status' | 'opened_at' | 'submitted_at'>>

export async function insertCorrection(
  db: Knex, { id, itemId, applicationId, fields, materials, createdBy, at }: NewCorrection
): Promise<string> {
  await db('correction').insert({
    id, item_id: itemId, application_id: applicationId, fields: JSON.stringify(fields), materials: JSON.stringify(materials),
    status: 'open', created_by: createdBy, created_at: at
  })
  return id
}

/** The reason of each thing that a correction asks for, by code. */
export function reasonsAsked({ fields, materials }: Pick<Correction, 'fields' | 'materials'>): string[] {
  return [fields, materials].flatMap(list => (JSON.parse(list) as { reasonCode: string }[]).map(({ reasonCode }) => reasonCode))
}

export async function findCorrection(db: Knex, id: string): Promise<Correction | null> {
  return await db<Correction>('correction').where({ id }).first() ?? null
}

/** The latest correction that an applicant may answer now; several rows of a declaration can each wait for one. */
export async function findOpenCorrection(db: Knex, itemId: string): Promise<Correction | null> {
  return (await findOpenCorrections(db, [itemId])).get(itemId) ?? null
}

/** The answerable corrections of several items, by item id. */
export async function findOpenCorrections(db: Knex, itemIds: readonly string[]): Promise<Map<string, Correction>> {
  const rows = itemIds.length
    ? await db<Correction>('correction').whereIn('item_id', [...itemIds]).where({ status: 'open' }).whereNotNull('opened_at').orderBy('created_at')
    : []
  return new Map(rows.map(row => [row.item_id, row]))
}

/** The corrections that applicants were told of, whatever became of them; of several items, oldest first. */
export function findOpenedCorrections(db: Knex, itemIds: readonly string[]): Promise<Correction[]> {
  return db<Correction>('correction').whereIn('item_id', [...itemIds]).whereNotNull('opened_at').orderBy([{ column: 'opened_at' }, { column: 'id' }])
}

/** The corrections of an application that were answered, and when. */
export function findSubmittedCorrections(db: Knex, applicationId: string): Promise<Correction[]> {
  return db<Correction>('correction').where({ application_id: applicationId, status: 'submitted' }).whereNotNull('submitted_at')
}

export async function updateCorrection(db: Knex, id: string, patch: CorrectionPatch): Promise<void> {
  await db('correction').where({ id }).update(patch)
}

export function correctionFields({ fields }: Pick<Correction, 'fields'>): CorrectionField[] {
  return JSON.parse(fields) as CorrectionField[]
}

export function correctionMaterials({ materials }: Pick<Correction, 'materials'>): CorrectionMaterial[] {
  return JSON.parse(materials) as CorrectionMaterial[]
}
