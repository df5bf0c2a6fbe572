/** Whole minutes that have passed since an instant. */
export function minutesSince(instant: string): number {
  return Math.max(0, Math.floor((Date.now() - Date.parse(instant)) / 60_000))
}
