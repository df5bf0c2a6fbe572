import type { Knex } from 'knex'

/** One uploaded file; its name is encrypted, its bytes lie encrypted on disk as `stored_name`. */
export interface Material {
  id: string
  application_id: string
  code: string
  slug: string | null
  file_name_enc: string
  /** Of the bytes that are kept, after re-encoding. */
  sha256: string
  size: number
  media_type: string
  stored_name: string
  uploaded_by: string
  created_at: number
}

export async function insertMaterial(db: Knex, material: Material): Promise<void> {
  await db('material').insert(material)
}

/** A material of one application; null when it is none of its own. */
export async function findMaterial(db: Knex, applicationId: string, id: string): Promise<Material | null> {
  return await db<Material>('material').where({ id, application_id: applicationId }).first() ?? null
}

export async function findMaterials(db: Knex, applicationId: string): Promise<Material[]> {
  return await db<Material>('material').where({ application_id: applicationId }).orderBy(['created_at', 'id'])
}

/** Takes some of an application's materials away. */
export async function deleteSomeMaterials(db: Knex, applicationId: string, ids: readonly string[]): Promise<void> {
  await db('material').where({ application_id: applicationId }).whereIn('id', ids).delete()
}

export async function deleteMaterials(db: Knex, applicationId: string): Promise<void> {
  await db('material').where({ application_id: applicationId }).delete()
}
