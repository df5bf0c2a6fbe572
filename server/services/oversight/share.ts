/** A share, or a mean, to three decimals; of nothing it is null. */
export const share = (part: number, whole: number): number | null => whole === 0 ? null : Math.round(part / whole * 1000) / 1000
