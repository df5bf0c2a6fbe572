import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { DefinitionKind } from '../engine/gateway-deployments.ts'

export type DraftState = 'editing' | 'submitted' | 'released' | 'discarded'

export interface ModelDraft {
  readonly id: string
  readonly region: string
  readonly key: string
  readonly kind: DefinitionKind
  /** Version in force that it started from. */
  readonly base_version: number
  readonly state: DraftState
  /** Grows by one with each save; the entity tag. */
  readonly version: number
  readonly xml: string
  /** Why it should be released; set when it is handed to the second person. */
  readonly reason: string | null
  readonly created_by: string
  readonly created_at: number
  readonly updated_by: string
  readonly updated_at: number
  readonly submitted_by: string | null
}

export interface DraftRevision {
  readonly draft_id: string
  readonly version: number
  readonly xml: string
  readonly saved_by: string
  readonly saved_at: number
}

export interface ModelRelease {
  readonly id: string
  readonly draft_id: string
  readonly region: string
  readonly key: string
  readonly from_version: number
  readonly to_version: number
  readonly deployment_id: string
  readonly reason: string
  readonly diff: string
  readonly sha256: string
  readonly submitted_by: string
  readonly released_by: string
  readonly released_at: number
}

type DraftChange = Partial<Pick<ModelDraft, 'state' | 'xml' | 'reason' | 'submitted_by' | 'updated_by' | 'updated_at'>>

const MOST_LISTED = 200

/** Keeps a new draft with its first state. */
export async function insertDraft(db: Knex, draft: ModelDraft): Promise<void> {
  await db('model_draft').insert(draft)
  await keepRevision(db, draft)
}

/** The draft of a region; null when there is none. Inside a transaction it stays locked. */
export async function findDraft(db: Knex, region: string, id: string): Promise<ModelDraft | null> {
  const query = db<ModelDraft>('model_draft').where({ region, id })
  const row = await (db.isTransaction ? query.forUpdate() : query).first()
  return row ? toDraft(row as ModelDraft) : null
}

/** Drafts of a region, those touched last first; without their XML. */
export async function listDrafts(db: Knex, region: string): Promise<Omit<ModelDraft, 'xml'>[]> {
  const rows = await db<ModelDraft>('model_draft').where({ region }).whereNot({ state: 'discarded' })
    .orderBy([{ column: 'updated_at', order: 'desc' }, { column: 'id' }]).limit(MOST_LISTED)
  return rows.map(row => toDraft(row as ModelDraft))
}

/** Writes what changed and, with a new text, a state for the history. Throws VERSION_CONFLICT when somebody was faster. */
export async function updateDraft(
  db: Knex, draft: ModelDraft, change: DraftChange
): Promise<ModelDraft> {
  const next: ModelDraft = { ...draft, ...change, version: draft.version + 1 }
  const changed = await db('model_draft').where({ id: draft.id, version: draft.version })
    .update({ ...change, version: next.version })
  if (changed === 0) throw new AppError('VERSION_CONFLICT')
  if (change.xml !== undefined) await keepRevision(db, next)
  return next
}

/** The saved states of a draft, the newest first. */
export async function listRevisions(db: Knex, draftId: string): Promise<DraftRevision[]> {
  const rows = await db<DraftRevision>('model_draft_revision').where({ draft_id: draftId })
    .orderBy('version', 'desc').limit(MOST_LISTED)
  return rows.map(row => ({ ...row, saved_at: Number(row.saved_at) }))
}

export async function insertRelease(db: Knex, release: ModelRelease): Promise<void> {
  await db('model_release').insert(release)
}

/** What was released in a region, the latest first. */
export async function listReleases(db: Knex, region: string): Promise<ModelRelease[]> {
  const rows = await db<ModelRelease>('model_release').where({ region })
    .orderBy([{ column: 'released_at', order: 'desc' }, { column: 'id' }]).limit(MOST_LISTED)
  return rows.map(row => ({ ...row, released_at: Number(row.released_at) }))
}

async function keepRevision(db: Knex, { id, version, xml, updated_by, updated_at }: ModelDraft): Promise<void> {
  await db('model_draft_revision').insert({ draft_id: id, version, xml, saved_by: updated_by, saved_at: updated_at })
}

function toDraft(row: ModelDraft): ModelDraft {
  return { ...row, created_at: Number(row.created_at), updated_at: Number(row.updated_at) }
}
