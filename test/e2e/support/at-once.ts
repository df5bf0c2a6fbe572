export interface Trial {
  /** Title of the test that tells how it went. */
  readonly title: string
  readonly run: () => Promise<void>
}

/**
 * Runs trials that do not disturb one another, `lanes` at once and otherwise in their order; each has a promise of its own by its
 * title. Most of a trial is waiting for other processes: several together wait no longer than one.
 */
export function runAtOnce(trials: readonly Trial[], lanes: number): ReadonlyMap<string, Promise<void>> {
  const queue: { run: () => Promise<void>; begin: (outcome: Promise<void>) => void }[] = []
  const outcomes = new Map(trials.map(({ title, run }) => {
    const outcome = new Promise<void>(begin => queue.push({ run, begin }))
    outcome.catch(() => undefined) // its own test tells of it
    return [title, outcome]
  }))
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = next.run()
      next.begin(outcome)
      await outcome.catch(() => undefined)
    }
  }
  for (let lane = 0; lane < lanes; lane++) void work()
  return outcomes
}
