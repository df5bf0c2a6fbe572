/** The kinds of faults that have no experiment here, each with the reason; they are not counted. */
export const LEFT_OUT: Readonly<Record<number, readonly [name: string, reason: string]>> = {
  23: ['timer storm with a kill', 'run apart, not counted here: `test/engine/timer-storm.test.ts`']
}
