/**
 * Milliseconds since an instant of this process, for pauses, patience and ages within it: unlike the time of day nobody sets it
 * forward or back, so that no pause becomes an hour when the clock of the machine is corrected.
 */
export const elapsed = (): number => performance.now()
