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

type Pids = Readonly<Record<string, number | undefined>>

/** Notes what processes have used so far; the answer gives what each has used since, and all of one that was not named then. */
export function cpuByName(before: Pids): (now: Pids) => Record<string, number> {
  const used = (pids: Pids) => Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]))
  const start = used(before)
  return now => Object.fromEntries(Object.entries(used(now)).map(([name, seconds]) => [name, seconds - (start[name] ?? 0)]))
}
