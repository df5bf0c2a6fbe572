import { useEffect } from 'react'
import { loginAddress } from '../../shared/session.ts'
import { touched } from '../../staff/touched.ts'

const LOOK_EVERY = 10_000

/**
 * Logs out whoever has touched neither keyboard nor mouse in any tab for a quarter of an hour; what was written is kept on the
 * server. Not asked of a page that nobody is meant to touch.
 */
export function useIdleLock(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return
    const timer = setInterval(() => {
      if (!touched.isIdle(Date.now())) return
      clearInterval(timer)
      void fetch('/api/v1/auth/logout', { method: 'POST' }).finally(() => location.replace(loginAddress(location.pathname)))
    }, LOOK_EVERY)
    return () => clearInterval(timer)
  }, [isActive])
}
