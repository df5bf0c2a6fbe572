/** An event of the audit trail as it is given to be noted. */
export interface AuditInput {
  /** Application id, or 'system'. */
  readonly chain: string
  readonly type: string
  readonly actor: { readonly role: string; readonly id: string }
  readonly itemId?: string | null
  /** Codes, ids and dates only: no personal data. */
  readonly data?: Readonly<Record<string, unknown>>
  /** Free text of a person; sealed before it is stored, so `crypto` must be given. */
  readonly text?: string | null
  /** Instant of the business clock, ms. */
  readonly at: number
}

/** The same as it is kept in its chain. */
export interface AuditRow {
  readonly id: string
  readonly chain: string
  readonly seq: number
  readonly at: number
  readonly type: string
  readonly actor_role: string
  readonly actor_id: string
  readonly item_id: string | null
  /** Canonical JSON. */
  readonly data: string
  readonly text_enc: string | null
  readonly prev_hash: string
  readonly hash: string
}
