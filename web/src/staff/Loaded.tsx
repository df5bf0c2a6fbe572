import { Alert, Button, Spin } from 'antd'
import type { ReactNode } from 'react'

/** One answer, or the pages of a list. */
interface Asked<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

/**
 * What was asked for once it is there; until then that it is coming, or why it did not come with a way to ask again. That it
 * could not be read anew stands above what was read before.
 */
export function Loaded<T>({ query: { data, error, refetch }, children }: { query: Asked<T>; children: (data: T) => ReactNode }) {
  return (
    <>
      {error && <Alert type="error" showIcon title={error.message} action={<Button onClick={() => void refetch()}>再试一次</Button>} />}
      {data !== undefined && children(data)}
      {data === undefined && !error && <Spin description="正在读取" />}
    </>
  )
}
