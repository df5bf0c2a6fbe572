import { readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/** CPU seconds that a process has used, by the kernel's own count; 0 when it is gone. Linux only. */
export function cpuSeconds(pid: number | undefined): number {
  if (!pid) return 0
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
  } catch {
    return 0
  }
}

/** Sum over several processes. */
export function cpuOf(pids: readonly (number | undefined)[]): number {
  return pids.reduce((total: number, pid) => total + cpuSeconds(pid), 0)
}
