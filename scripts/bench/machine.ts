import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/** Share of all processors beyond which nothing on this machine can go faster. */
export const FULL = 0.9

export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Does some work, and tells which share of this machine's processors was busy meanwhile, 0 to 1. */
export async function busyDuring<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly busy: number }> {
  const from = processorSeconds()
  const result = await work()
  const to = processorSeconds()
  return { result, busy: (to.busy - from.busy) / (to.all - from.all) }
}

/** Seconds that all processors of this machine were busy and idle since it began, by the kernel's own count. Linux only. */
export function processorSeconds(): { readonly busy: number; readonly all: number } {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/).slice(1, 9).map(Number)
  const all = fields.reduce((total, ticks) => total + ticks, 0) / TICKS_A_SECOND
  return { all, busy: all - (fields[3]! + fields[4]!) / TICKS_A_SECOND }
}

/** CPU seconds of a process, of its children, and of those of them that have ended; 0 when it is gone. */
export function cpuWithChildren(pid: number | undefined): number {
  if (!pid) return 0
  const own = fieldsOf(pid)
  if (!own) return 0
  const children = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(name => fieldsOf(Number(name)))
    .filter(fields => fields && Number(fields[1]) === pid)
  return (sum(own.slice(11, 15)) + children.reduce((total, fields) => total + sum(fields!.slice(11, 13)), 0)) / TICKS_A_SECOND
}

const sum = (fields: readonly string[]): number => fields.reduce((total, text) => total + Number(text), 0)

/** Fields of /proc/<pid>/stat after the name, from the state on; undefined when the process is gone. */
function fieldsOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  } catch {
    return undefined
  }
}
