/** Whole minutes between two instants, both by the server's clock. */
export function minutesBetween(instant: string, asOf: string): number {
  return Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(instant)) / 60_000))
}
