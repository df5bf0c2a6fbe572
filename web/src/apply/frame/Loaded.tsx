import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

/** What was read, or that it is being read, or why it could not be and a button to try again. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) return <p role="status">正在读取…</p>
  return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
}
