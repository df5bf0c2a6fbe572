import type { Task } from './use-tasks.ts'

const KEY = 'desk-seen'
const MOST = 2000

/** Which version of each task this browser has shown on its page; kept here alone, it is nobody else's business. */
export function readSeen(): ReadonlyMap<string, number> {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEY) ?? '[]') as [string, number][])
  } catch {
    return new Map()
  }
}

export function markSeen({ id, version }: Pick<Task, 'id' | 'version'>): void {
  const seen = new Map(readSeen())
  seen.delete(id)
  seen.set(id, version)
  localStorage.setItem(KEY, JSON.stringify([...seen].slice(-MOST)))
}
