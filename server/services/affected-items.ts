import type { Steps } from '../../core/region.ts'
import type { Item } from '../db/items.ts'
import { isWithin } from './forms/json-pointer.ts'

type Named = Pick<Item, 'slug'>

/**
 * Which of the open items use a corrected field: the corrected item itself, and each one of whose department steps is told
 * a field at, above or below one of the pointers (`/common/…`, `/items/<slug>/…`). Answers slugs.
 */
export function affectedItems(steps: Steps, corrected: Named, open: readonly Named[], pointers: readonly string[]): string[] {
  const isTold = (slug: string): boolean => fieldsOf(steps, slug).some(field => pointers.some(one => overlap(one, field)))
  return open.map(({ slug }) => slug).filter(slug => slug === corrected.slug || isTold(slug))
}

/** Pointers of everything that the matter's steps are told, as the application has them. */
function fieldsOf(steps: Steps, slug: string): string[] {
  return Object.entries(steps)
    .filter(([topic]) => topic.split('.')[1] === slug)
    .flatMap(([, { fields }]) => Object.values(fields))
    .map(pointer => pointer.replace(/^\/item(?=\/|$)/, `/items/${slug}`).replace(/^\/row(?=\/|$).*/, `/items/${slug}/rows`))
}

function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one)
}
