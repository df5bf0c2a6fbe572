export interface Arm {
  readonly name: string
  run(): Promise<unknown>
}

export interface LoopLimits {
  /** Calls of one arm in one block. */
  readonly atMost: number
  /** A block of a slow arm ends after so many milliseconds, but not before its first call. */
  readonly blockMs: number
  /** Each is A-B-B-A. */
  readonly rounds: number
}

/** Milliseconds of each call of two arms, A-B-B-A, so that a drift of the machine falls on both alike. Callers warm up. */
export async function interleaved(
  one: Arm, other: Arm, { atMost, blockMs, rounds }: LoopLimits
): Promise<Record<string, number[]>> {
  const samples: Record<string, number[]> = { [one.name]: [], [other.name]: [] }
  for (let round = 0; round < rounds; round++) {
    for (const arm of [one, other, other, one]) {
      const until = performance.now() + blockMs
      for (let call = 0; call < atMost && (call === 0 || performance.now() < until); call++) {
        samples[arm.name]!.push(await timed(() => arm.run()))
      }
    }
  }
  return samples
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/**
 * Starts calls at a fixed rate, whether those before have been answered or not, and gives the milliseconds from the instant at
 * which each should have begun: what waits behind a slow call counts as slow.
 */
export async function openLoop(perSecond: number, calls: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const begun = performance.now()
  return Promise.all(Array.from({ length: calls }, async (_, index) => {
    const due = begun + index * 1000 / perSecond
    await new Promise(resolve => setTimeout(resolve, Math.max(0, due - performance.now())))
    await work(index)
    return performance.now() - due
  }))
}
