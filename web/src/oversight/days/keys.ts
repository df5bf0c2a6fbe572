/** What the pages of this room ask for, by the first part of their query keys. */
export const CALENDAR = 'calendar'
export const OUTAGES = 'outages'

/** Open items are dated anew within seconds: so long until a page looks again. */
export const SOON = 3_000
