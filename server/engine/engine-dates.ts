import { NEVER } from '../../core/dates.ts'

/** The engine reads and writes `yyyy-MM-dd'T'HH:mm:ss.SSS+0000`; a `Z` or missing milliseconds make it answer 400. */
const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})([+-]\d\d)(\d\d)$/

/**
 * Business instant (ms) as the engine's text. The engine lives in real time, so the offset of the business clock is
 * taken away; dates of the year 9999 mean "never" and stay as they are.
 */
export function toEngineDate(instant: number, offset: number): string {
  const real = instant >= NEVER ? instant : instant - offset
  return new Date(real).toISOString().replace('Z', '+0000')
}

/** The engine's text as a business instant (ms). Throws RangeError for another form. */
export function fromEngineDate(text: string, offset: number): number {
  const real = parseEngineDate(text)
  return real >= NEVER ? real : real + offset
}

/** The engine's text as real time (ms), as the feed's cursor needs it. Throws RangeError for another form. */
export function parseEngineDate(text: string): number {
  const match = FORM.exec(text)
  const instant = match ? Date.parse(`${match[1]}${match[2]}:${match[3]}`) : Number.NaN
  if (Number.isNaN(instant)) throw new RangeError(`not a date of the engine: ${text}`)
  return instant
}
