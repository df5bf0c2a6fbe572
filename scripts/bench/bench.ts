import type { World } from './world.ts'

/** `smoke` shows that an arm works, `quick` gives a figure in a minute, `full` is what the numbers of the design speak of. */
export type Size = 'smoke' | 'quick' | 'full'

export interface BenchOptions {
  readonly size: Size
  /** Makes data and order repeatable. */
  readonly seed: number
  say(text: string): void
  /** Stands already, for arms that follow one another; each starts its own without it. */
  readonly world?: World
}

export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** One number of the design beside what was measured. */
export interface Target {
  readonly what: string
  readonly reach: string
  readonly measured: string
  /** Null where this size of run cannot tell. */
  readonly isMet: boolean | null
  /** Why it is missed, or cannot be told; only what the figures of the run support. */
  readonly reason?: string
}

/** A target with its verdict: null where this size of run cannot tell. The reason is looked for only when it is missed. */
export function judged(target: Omit<Target, 'isMet' | 'reason'>, isMet: boolean | null, reasonOf: () => string | undefined): Target {
  const reason = isMet === false ? reasonOf() : undefined
  return { ...target, isMet, ...(reason === undefined ? {} : { reason }) }
}

export interface Findings {
  readonly title: string
  /** What is measured and how, in sentences. */
  readonly intro: readonly string[]
  readonly tables: readonly Table[]
  readonly targets: readonly Target[]
  /** Rows that were there while it was measured, by what they are. */
  readonly rowCounts: Readonly<Record<string, number>>
  /** Everything that was counted, for whoever reckons anew. */
  readonly raw: unknown
  readonly notes?: readonly string[]
}

export interface Bench {
  readonly name: string
  run(options: BenchOptions): Promise<Findings>
}

/** A number as people read it: three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
