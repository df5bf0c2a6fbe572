/** NaN of nothing. */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The value below which a share of the samples lies (nearest rank); NaN of nothing. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

export interface Estimate {
  readonly value: number
  /** Bounds between which 95 % of the resamples lie. */
  readonly low: number
  readonly high: number
}

export interface RoundsRatio {
  readonly mean: number
  /** The lowest and the highest that any pair of rounds gives. */
  readonly low: number
  readonly high: number
}

/** The ratio of two arms of a few rounds each. */
export function ratioOfRounds(ones: readonly number[], others: readonly number[]): RoundsRatio {
  const pairs = ones.flatMap(one => others.map(other => one / other))
  return { mean: mean(ones) / mean(others), low: Math.min(...pairs), high: Math.max(...pairs) }
}

const RESAMPLES = 1000

/** A statistic of two arms, e.g. the ratio of their p95, with a 95 % bootstrap interval; `random` makes it repeatable. */
export function bootstrap(
  one: readonly number[], other: readonly number[],
  statistic: (one: readonly number[], other: readonly number[]) => number, random: () => number
): Estimate {
  const again = (samples: readonly number[]) => samples.map(() => samples[Math.floor(random() * samples.length)]!)
  const values = Array.from({ length: RESAMPLES }, () => statistic(again(one), again(other)))
  return { value: statistic(one, other), low: quantile(values, 0.025), high: quantile(values, 0.975) }
}

/** Exponent k of cost ~ size^k over the means of several rounds of each size, with a 95 % bootstrap interval over the rounds. */
export function growthEstimate(
  steps: readonly { readonly size: number; readonly costs: readonly number[] }[], random: () => number
): Estimate {
  const exponent = (pick: (costs: readonly number[]) => readonly number[]) =>
    growthExponent(steps.map(({ size, costs }) => ({ size, cost: mean(pick(costs)) })))
  const again = (costs: readonly number[]) => costs.map(() => costs[Math.floor(random() * costs.length)]!)
  const values = Array.from({ length: RESAMPLES }, () => exponent(again))
  return { value: exponent(costs => costs), low: quantile(values, 0.025), high: quantile(values, 0.975) }
}

/** Exponent k of cost ~ size^k, by least squares on the logarithms. */
export function growthExponent(points: readonly { readonly size: number; readonly cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const [middle, level] = [mean(logs.map(({ x }) => x)), mean(logs.map(({ y }) => y))]
  const spread = logs.reduce((total, { x }) => total + (x - middle) ** 2, 0)
  return logs.reduce((total, { x, y }) => total + (x - middle) * (y - level), 0) / spread
}
