import type { Log } from '../../core/log.ts'

export interface LoopOptions {
  readonly name: string
  /** Pause between two rounds, milliseconds. */
  readonly every: number
  readonly log: Log
  readonly work: () => Promise<unknown>
}

export interface Loop {
  /** Begins the next round at once (after the one under way). */
  wake(): void
  /** No further round after the one under way. */
  end(): void
  /** No further round; waits for the one under way. */
  stop(): Promise<void>
}

/** Repeats a piece of work for ever. A failing round is followed by the next; only the first of several failures is logged. */
export function startLoop({ name, every, log, work }: LoopOptions): Loop {
  let isStopped = false
  let isFailing = false
  let isWoken = false
  let onWake: (() => void) | undefined

  const round = async (): Promise<void> => {
    try {
      await work()
      if (isFailing) log.info(`${name}: works again`)
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, `${name}: failed, will be repeated`)
      isFailing = true
    }
  }
  const pause = (): Promise<void> => new Promise(resolve => {
    const timer = setTimeout(resolve, every)
    onWake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  const running = (async () => {
    await Promise.resolve() // the caller gets its loop before the first round
    while (!isStopped) {
      isWoken = false
      await round()
      if (!isStopped && (!isWoken || isFailing)) await pause()
      onWake = undefined
    }
  })()
  const end = (): void => {
    isStopped = true
    onWake?.()
  }
  return {
    wake() {
      isWoken = true
      if (!isFailing) onWake?.()
    },
    end,
    async stop() {
      end()
      await running
    }
  }
}
