import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import type { ReactNode } from 'react'

/** What was asked for once it is there; until then that it is coming, or why it did not come with a way to ask again. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (!query.error) return <Spin description="正在读取" />
  return <Alert type="error" showIcon title={query.error.message} action={<Button onClick={() => void query.refetch()}>再试一次</Button>} />
}
