import type { Block, Paper } from '../../documents/papers/paper.ts'

export type NoticeKind = 'materials' | 'correction' | 'special' | 'not-accepted' | 'rejected' | 'result' | 'declaration'

/** One paper that the authority has issued in a case. All of it is found in rows that are stored anyway. */
export interface Notice {
  /** Made of the kind and the id of the row it speaks of, so that it is always the same. */
  readonly id: string
  readonly kind: NoticeKind
  readonly title: string
  /** The matter it is about; null when it is about the whole application. */
  readonly slug: string | null
  /** Instant of issue, ms. */
  readonly issuedAt: number
  readonly issuer: string
  readonly style?: Paper['style']
  /** Its text; made only when somebody opens the notice. */
  blocks(): Block[] | Promise<Block[]>
}
