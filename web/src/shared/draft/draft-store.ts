import type { Fields } from '../form/schema.ts'
import { withValueAt } from '../form/pointer.ts'

/** What is written into a draft: the body of `PUT applications/:id`. */
export interface DraftBody {
  readonly region: string
  readonly channel: 'online' | 'window'
  readonly matters: readonly string[]
  readonly common: Fields
  readonly items: Readonly<Record<string, Fields>>
  readonly agent: Fields | null
}

export interface FieldProblem {
  readonly path: string
  readonly code: string
  readonly message: string
}

export interface Saved {
  readonly etag: string
  readonly problems: readonly FieldProblem[]
}

/** Why a draft was not saved. `conflict`: another version was saved meanwhile; `away`: no answer, it is tried again by itself. */
export type Hindrance = 'away' | 'conflict' | 'login' | 'refused'

export interface DraftState {
  readonly body: DraftBody
  readonly problems: readonly FieldProblem[]
  readonly isSaving: boolean
  /** True while something is here that the server does not have. */
  readonly hasUnsaved: boolean
  /** When the server last took everything; real time, ms. */
  readonly savedAt: number | null
  readonly hindrance: { readonly kind: Hindrance; readonly message: string } | null
}

/** What the store needs of the world. */
export interface DraftPort {
  /** Saves at the version seen; throws what `hindranceOf` understands. */
  save(body: DraftBody, etag: string): Promise<Saved>
  hindranceOf(error: unknown): Hindrance
  /** Keeps what is unsaved on this device, so that a reload loses nothing; `null` forgets it. */
  keep(body: DraftBody | null, etag: string): void
  now(): number
  /** Calls back after so many ms; gives what cancels it. */
  later(ms: number, run: () => void): () => void
}

/** What a draft begins with; `hasUnsaved` when the content was kept on this device and the server does not have it. */
export interface DraftStart extends Saved {
  readonly body: DraftBody
  readonly hasUnsaved?: boolean
}

const PAUSE_MS = 1500
const AGAIN_MS = 5000

/**
 * A draft on the page: every change is kept on the device at once and saved to the server after a pause, one save at a time. When
 * that fails nothing is lost, and where waiting helps it is tried again.
 */
export class DraftStore {
  private readonly port: DraftPort
  private state: DraftState
  private etag: string
  private readonly listeners = new Set<() => void>()
  private cancel: () => void = () => undefined
  private running: Promise<boolean> | undefined

  constructor(port: DraftPort, { body, etag, problems, hasUnsaved = false }: DraftStart) {
    this.port = port
    this.etag = etag
    this.state = { body, problems, isSaving: false, hasUnsaved, savedAt: null, hindrance: null }
  }

  readonly current = (): DraftState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Changes one value by its JSON pointer in the body. */
  change(pointer: string, value: unknown): void {
    this.replace(withValueAt(this.state.body, pointer, value))
  }

  replace(body: DraftBody): void {
    this.set({ body, hasUnsaved: true })
    this.port.keep(body, this.etag)
    if (this.state.hindrance === null || this.state.hindrance.kind === 'refused') this.plan(PAUSE_MS)
  }

  /** Saves now whatever is unsaved. False when that was not possible; the state says why. */
  async save(): Promise<boolean> {
    this.cancel()
    while (this.running) await this.running
    if (!this.state.hasUnsaved) return true
    this.running = this.saveOnce().finally(() => { this.running = undefined })
    return this.running
  }

  /** After a conflict: what is here replaces what was saved elsewhere, whose version is `etag`. */
  async insist(etag: string): Promise<boolean> {
    this.etag = etag
    this.set({ hindrance: null })
    return this.save()
  }

  /** Stops saving by itself: the page is left. */
  stop(): void {
    this.cancel()
  }

  private async saveOnce(): Promise<boolean> {
    const { body } = this.state
    this.set({ isSaving: true })
    try {
      const { etag, problems } = await this.port.save(body, this.etag)
      this.etag = etag
      const hasUnsaved = this.state.body !== body
      this.set({ problems, isSaving: false, hasUnsaved, savedAt: this.port.now(), hindrance: null })
      this.port.keep(hasUnsaved ? this.state.body : null, etag)
      if (hasUnsaved) this.plan(PAUSE_MS)
      return !hasUnsaved
    } catch (error) {
      const kind = this.port.hindranceOf(error)
      this.set({ isSaving: false, hindrance: { kind, message: error instanceof Error ? error.message : String(error) } })
      if (kind === 'away') this.plan(AGAIN_MS)
      return false
    }
  }

  private plan(ms: number): void {
    this.cancel()
    this.cancel = this.port.later(ms, () => void this.save())
  }

  private set(change: Partial<DraftState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}
