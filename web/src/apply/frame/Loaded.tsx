import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isLoggedOut } from '../../shared/logged-out.ts'
import { ErrorNote } from './ErrorNote.tsx'
import { LoginAgain } from './LoginAgain.tsx'

/**
 * What was read, or that it is being read, or why it could not be and a button to try again. What could be read once and not
 * again stays, with a word that it may be old.
 */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const retry = (): void => void query.refetch()
  const { data, error } = query
  if (data !== undefined) return <>{error && <MayBeOld error={error} onRetry={retry} />}{children(data)}</>
  if (query.isPending) return <p role="status">正在读取…</p>
  return <ErrorNote error={error} onRetry={retry} />
}

function MayBeOld({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isOut = isLoggedOut(error)
  return (
    <div className="note" role="status">
      <p>内容可能不是最新的：{isOut ? '登录已过期，重新登录后再看。' : error.message}</p>
      {isOut ? <LoginAgain /> : <p><button type="button" className="quiet" onClick={onRetry}>再读一次</button></p>}
    </div>
  )
}
