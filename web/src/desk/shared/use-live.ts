import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

const CHANNEL = 'desk-changes'

/**
 * Asks for the lists anew whenever the server says that something changed. One stream serves the whole browser: the first page
 * opens it and tells the others; when that page is closed another takes over.
 */
export function useLive(isActive: boolean): void {
  const queries = useQueryClient()
  const refresh = useEffectEvent(() => {
    for (const key of ['tasks', 'counts', 'views', 'dossier']) void queries.invalidateQueries({ queryKey: [key] })
  })
  useEffect(() => {
    if (!isActive) return
    const channel = new BroadcastChannel(CHANNEL)
    const gone = new AbortController()
    channel.onmessage = () => refresh()
    void navigator.locks.request(CHANNEL, { signal: gone.signal }, () => new Promise<void>(release => {
      const stream = new EventSource('/api/v1/tasks/stream')
      stream.onmessage = () => {
        channel.postMessage('changed')
        refresh()
      }
      gone.signal.addEventListener('abort', () => {
        stream.close()
        release()
      })
    })).catch(() => undefined) // left before its turn came
    return () => {
      gone.abort()
      channel.close()
    }
  }, [isActive])
}
