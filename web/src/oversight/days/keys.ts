/** What the pages of this room ask for, by the first part of their query keys. */
export const CALENDAR = 'calendar'
export const OUTAGES = 'outages'
