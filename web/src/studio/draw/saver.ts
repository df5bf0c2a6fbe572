import { ApiError } from '../../shared/api.ts'
import type { Beginning } from './beginning.ts'
import { forget, keep } from './kept.ts'

const QUIET_MS = 1500

export interface SaveState {
  readonly kind: 'saved' | 'changed' | 'saving' | 'failed' | 'conflict'
  /** Why it failed, for the person. */
  readonly problem?: string
}

interface Saved { readonly version: number; readonly xml: string }

export interface Ways {
  readonly id: string
  /** The drawing as it is now. */
  readonly write: () => Promise<string>
  /** Saved when it is asked for, not by itself. */
  readonly isByHand?: boolean
  /** Throws ApiError. */
  readonly send: (text: Saved) => Promise<Saved>
}

/**
 * Saves what was drawn once the hand rests, over the version that the designer saw. Until the server has it the browser keeps it.
 * A save that failed is tried again with the next change or by hand.
 */
export class Saver {
  state: SaveState
  private version: number
  private sent: string
  private isDirty: boolean
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private readonly listeners = new Set<() => void>()
  private readonly ways: Ways

  constructor(ways: Ways, begun: Beginning) {
    this.ways = ways
    this.version = begun.version
    this.sent = begun.xml
    this.isDirty = begun.isUnsaved
    this.state = { kind: begun.isUnsaved ? 'changed' : 'saved' }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => { this.listeners.delete(listener) }
  }

  /** Something was drawn. */
  readonly touch = (): void => {
    this.isDirty = true
    this.become({ kind: 'changed' })
    clearTimeout(this.timer)
    if (!this.ways.isByHand) this.timer = setTimeout(() => void this.save(), QUIET_MS)
    void this.ways.write().then(xml => { if (this.isDirty) keep(this.ways.id, { xml, version: this.version }) })
  }

  readonly save = async (): Promise<void> => {
    clearTimeout(this.timer)
    await this.running
    if (!this.isDirty) return
    this.running = this.attempt()
    await this.running
    this.running = undefined
  }

  /** Saves over `version`, which somebody else made meanwhile; theirs stays in the history. */
  readonly overwrite = async (version: number): Promise<void> => {
    this.version = version
    await this.save()
  }

  /** What was changed is not wanted any more, so that leaving it saves nothing. */
  readonly giveUp = (): void => {
    clearTimeout(this.timer)
    this.isDirty = false
    forget(this.ways.id)
  }

  /** Whether somebody else, or the history, has put another text in the place of what is drawn here. */
  isOthers({ xml, version }: Saved): boolean {
    return this.state.kind === 'saved' && xml !== this.sent && version > this.version
  }

  private async attempt(): Promise<void> {
    const xml = await this.ways.write()
    this.isDirty = false
    this.sent = xml
    this.become({ kind: 'saving' })
    try {
      this.version = (await this.ways.send({ xml, version: this.version })).version
      if (this.isDirty) return
      forget(this.ways.id)
      this.become({ kind: 'saved' })
    } catch (error) {
      this.isDirty = true
      keep(this.ways.id, { xml, version: this.version })
      const kind = error instanceof ApiError && error.code === 'VERSION_CONFLICT' ? 'conflict' : 'failed'
      this.become({ kind, problem: (error as Error).message })
    }
  }

  private become(state: SaveState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
