/** What supervisors ask of somebody, the mildest first: 提醒, 督办, 通报, 挂牌督办, 整改. Which of them a region climbs is its own. */
export const actionLevels = ['remind', 'supervise', 'circulate', 'plate', 'rectify'] as const
export type ActionLevel = (typeof actionLevels)[number]

/** What may give rise to an action: a bad rating, an opinion of a citizen, an earlier action without an answer. */
export const actionSources = ['rating', 'feedback', 'action'] as const
export type ActionSource = (typeof actionSources)[number]

/** `regions/<region>/supervision.json`: the ladder as the region climbs it; `note` says what its days and words rest on. */
export interface Supervision {
  readonly note: string
  /** From the mildest; a level that is missing is not used. */
  readonly rungs: readonly Rung[]
  /** With which rung a bad rating and a citizen's opinion begin. */
  readonly proposals: Readonly<Record<Exclude<ActionSource, 'action'>, ActionLevel>>
}

export interface Rung {
  readonly level: ActionLevel
  readonly title: string
  /** Until an answer is due. */
  readonly workingDays: number
  /** An answer brings a file, or a text that says what proves it. */
  readonly needsProof?: true
  /** `{subject}`, `{cause}` and `{deadline}` are filled in. */
  readonly template: string
}
