import { until } from '../../support/until.ts'

/** How long an experiment waits for anything: what it tells is whether all comes right, and how long that took stands in its figures. */
export const PATIENCE_MS = Number(process.env.FAULT_WITHIN_MS ?? 300_000)

/** `until` on a machine that may have other work. */
export const patiently = <T>(what: string, ask: () => Promise<T | undefined | false>, pauseMs?: number): Promise<T> =>
  until(what, ask, PATIENCE_MS, pauseMs)
