import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { answer, api, ApiError } from '../../shared/api.ts'
import { listen } from './live-stream.ts'

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
  // A stream does not tell why it was refused. Only when nobody is logged in any more does the page give way to the login.
  const askWhy = useEffectEvent(() => answer(api.GET('/me')).then(() => undefined, (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) void queries.invalidateQueries({ queryKey: ['me'] })
  }))
  useEffect(() => {
    if (!isActive) return
    const channel = new BroadcastChannel(CHANNEL)
    const gone = new AbortController()
    channel.onmessage = () => refresh()
    void navigator.locks.request(CHANNEL, { signal: gone.signal }, () => new Promise<void>(release => {
      const stop = listen({
        open: () => new EventSource('/api/v1/tasks/stream'),
        onChange: () => {
          channel.postMessage('changed')
          refresh()
        },
        onLost: () => void askWhy()
      })
      gone.signal.addEventListener('abort', () => {
        stop()
        release()
      })
    })).catch(() => undefined) // left before its turn came
    return () => {
      gone.abort()
      channel.close()
    }
  }, [isActive])
}
