import { useState } from 'react'
import { readKept, writeKept } from '../kept.ts'

/** The matters whose 须知 the person has confirmed in this tab; nothing is confirmed beforehand. */
export function useConfirmed(id: string) {
  const name = `confirmed:${id}`
  const [confirmed, setConfirmed] = useState<readonly string[]>(() => readKept<string[]>(name) ?? [])
  return {
    confirmed,
    confirm(slug: string, isConfirmed: boolean): void {
      const next = isConfirmed ? [...new Set([...confirmed, slug])] : confirmed.filter(one => one !== slug)
      setConfirmed(next)
      writeKept(name, next)
    }
  }
}
