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

/** `openLoop` with a service that may refuse: the times are those of the answers, what is refused is counted apart. */
export async function openLoopRefused(
  perSecond: number, calls: number, work: (index: number) => Promise<unknown>, isRefusal: (error: unknown) => boolean
): Promise<{ readonly times: readonly number[]; readonly refused: number }> {
  const refused = new Set<number>()
  const times = await openLoop(perSecond, calls, index => work(index).catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    refused.add(index)
  }))
  return { times: times.filter((_, index) => !refused.has(index)), refused: refused.size }
}

/** Calls at a fixed rate for as long as some other work goes on; gives what that came to besides. */
export async function openLoopWhile<T>(
  perSecond: number, call: () => Promise<unknown>, work: () => Promise<T>
): Promise<{ readonly samples: number[]; readonly result: T }> {
  const samples: Promise<number>[] = []
  const begun = performance.now()
  const start = () => {
    for (; begun + samples.length * 1000 / perSecond <= performance.now();) {
      const due = begun + samples.length * 1000 / perSecond
      samples.push(call().then(() => performance.now() - due))
      // Answered at the end; until then a failure is not unhandled.
      samples.at(-1)!.catch(() => undefined)
    }
  }
  const ticking = setInterval(start, 5)
  try {
    const result = await work()
    return { samples: await Promise.all(samples), result }
  } finally {
    clearInterval(ticking)
  }
}
