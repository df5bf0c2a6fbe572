import type { Steps } from '../../core/region.ts'
import type { Item } from '../db/items.ts'
import { isWithin } from './forms/json-pointer.ts'

type Named = Pick<Item, 'slug'>

export interface Affected {
  readonly slug: string
  /** Pointers of the changed fields that the item uses. */
  readonly paths: readonly string[]
}

/**
 * Which of the open items use a corrected field, and by which of the pointers (`/common/…`, `/items/<slug>/…`): the corrected
 * item itself by all of them, and each one of whose department steps is told a field at, above or below one of them.
 */
export function affectedItems(
  steps: Steps, corrected: Named, open: readonly Named[], pointers: readonly string[]
): Affected[] {
  return open.flatMap(({ slug }) => {
    if (slug === corrected.slug) return [{ slug, paths: pointers }]
    const fields = fieldsOf(steps, slug)
    const paths = pointers.filter(pointer => fields.some(field => overlap(pointer, field)))
    return paths.length > 0 ? [{ slug, paths }] : []
  })
}

/** Pointers of everything that the matter's steps are told, as the application has them. */
function fieldsOf(steps: Steps, slug: string): string[] {
  return Object.entries(steps)
    .filter(([topic]) => topic.split('.')[1] === slug)
    .flatMap(([, { fields }]) => Object.values(fields))
    .map(pointer => pointer.replace(/^\/item(?=\/|$)/, `/items/${slug}`).replace(/^\/row(?=\/|$).*/, `/items/${slug}/rows`))
}

/** Whether one of two pointers lies at or within the other. */
export function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one)
}
