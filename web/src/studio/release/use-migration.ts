import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

type Answer = paths['/migrations']['post']['responses']['200']['content']['application/json']
export type MigratedCase = Answer['cases'][number]

export interface Migrated {
  readonly isDryRun: boolean
  readonly cases: readonly MigratedCase[]
}

interface Request {
  readonly isDryRun: boolean
  /** All of the version when left out. */
  readonly cases?: readonly string[]
}

/** Moves cases in portions that the server takes at once, and tells how far it has come. */
export function useMigration(key: string, fromVersion: number, toVersion: number) {
  const [done, setDone] = useState(0)
  const queries = useQueryClient()
  const ask = async ({ isDryRun, cases, offset = 0 }: Request & { offset?: number }): Promise<Answer> => answer(api.POST('/migrations', {
    body: { key, fromVersion, toVersion, isDryRun, ...(cases ? { cases: [...cases] } : { offset }) }
  }))
  const run = useMutation({
    mutationFn: async ({ isDryRun, cases }: Request): Promise<Migrated> => {
      const all: MigratedCase[] = []
      const take = (more: Answer): Answer => {
        all.push(...more.cases)
        setDone(all.length)
        return more
      }
      setDone(0)
      for (const portion of cases ? portions(cases) : []) take(await ask({ isDryRun, cases: portion }))
      for (let offset: number | null = cases ? null : 0; offset !== null;) {
        offset = take(await ask({ isDryRun, offset })).nextOffset
      }
      return { isDryRun, cases: all }
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['impact'] })
  })
  return { run, done }
}

const MOST = 200

function portions(cases: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(cases.length / MOST) }, (_, index) => cases.slice(index * MOST, (index + 1) * MOST))
}
