import { isValidOn } from '../../../core/licences.ts'
import type { Licence } from '../../../core/licences.ts'
import type { RequiredMaterial } from '../policy/required-materials.ts'

/**
 * `provided` the system has it (it prints the form, the login has proved the identity) · `exempt` 免提交 · `to-upload` 待上传 ·
 * `uploaded` 已上传 · `original-pending` 原件待核 · `original-verified` 原件已核.
 */
export type MaterialState = 'provided' | 'exempt' | 'to-upload' | 'uploaded' | 'original-pending' | 'original-verified'

/** What is known about one material of an application. */
export interface MaterialFacts {
  /** The licence that replaces it; null when there is none, or nobody could say. */
  readonly licence: Licence | null
  /** Instant of the last upload, ms; null without one. */
  readonly uploadedAt: number | null
  /** Instant at which somebody of the staff saw the original. */
  readonly verifiedAt: number | null
  /** The applicant signed in by the real name, so that the identity needs no paper. */
  readonly isSignedIn: boolean
}

/** Whether a material is settled, on the business day `today`. A file that came after the original was seen is a new question. */
export function materialState(
  { kind, form, verifyOriginal }: Pick<RequiredMaterial, 'kind' | 'form' | 'verifyOriginal'>, facts: MaterialFacts, today: string
): MaterialState {
  const { licence, uploadedAt, verifiedAt, isSignedIn } = facts
  if (kind === 'form') return 'provided'
  if (licence && isValidOn(licence, today)) return 'exempt'
  if (isSignedIn && kind === 'identity' && form === 'electronic') return 'provided'
  if (verifiedAt !== null && verifiedAt >= (uploadedAt ?? 0)) return 'original-verified'
  if (uploadedAt === null) return 'to-upload'
  return verifyOriginal ? 'original-pending' : 'uploaded'
}

/** What the process of a matter is told about its materials; anything but `complete` leads to a person (`review.dmn`). */
export type MaterialsState = 'complete' | 'missing' | 'original-pending'

/** Kinds that nobody else looks at: the identity is verified by a step of its own, a photo checked, a form printed. */
const CHECKED_HERE = new Set(['certificate', 'commitment'])

/** Whether a matter's process waits for this material: it is required, and no step of its own deals with it. */
export function decidesRoute({ kind, required, verifyOriginal }: Pick<RequiredMaterial, 'kind' | 'required' | 'verifyOriginal'>): boolean {
  return required && (verifyOriginal || CHECKED_HERE.has(kind))
}

/** All materials of a matter together. */
export function materialsState(
  materials: readonly { readonly material: RequiredMaterial; readonly state: MaterialState }[], slug: string
): MaterialsState {
  const states = materials
    .filter(({ material }) => material.matters.includes(slug) && decidesRoute(material))
    .map(({ state }) => state)
  if (states.includes('to-upload')) return 'missing'
  return states.includes('original-pending') ? 'original-pending' : 'complete'
}
