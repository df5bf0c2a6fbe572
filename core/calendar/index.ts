import type { CalendarYear } from '../working-days.ts'
import year2025 from './cn-2025.json' with { type: 'json' }
import year2026 from './cn-2026.json' with { type: 'json' }
import year2027 from './statutory-2027.json' with { type: 'json' }

/**
 * The arrangements that the program ships: what the State Council's General Office has published, and for the year after it
 * the statutory days alone (dates that run into it are 暂定). The database's table of days is seeded from here.
 */
export const calendarYears: readonly CalendarYear[] = Object.freeze([year2025, year2026, year2027] as CalendarYear[])
