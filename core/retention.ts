/** Kinds of personal data that have a period of their own. */
export const retentionKinds = ['drafts', 'materials', 'forms', 'messages', 'feedback'] as const
export type RetentionKind = (typeof retentionKinds)[number]

/** `regions/<region>/retention.json`: how long a region keeps personal data; `note` says what the periods rest on. */
export interface Retention {
  readonly note: string
  /** True: what is past its period is erased each day by this file's word; false: one proposes a run, another confirms it. */
  readonly isAutomatic: boolean
  /**
   * Days after which each kind is erased; null = never. They count from the last change of a draft, from the end of a case for
   * its materials, its form and its messages, and from the answer to an opinion.
   */
  readonly days: Readonly<Record<RetentionKind, number | null>>
}
