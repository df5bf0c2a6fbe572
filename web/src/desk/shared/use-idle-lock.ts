import { useEffect } from 'react'
import { loginAddress } from '../../shared/session.ts'

const IDLE = 15 * 60_000
const LOOK_EVERY = 10_000
const SIGNS = ['keydown', 'pointerdown', 'wheel'] as const

/** Logs out whoever has touched neither keyboard nor mouse for a quarter of an hour; what was written is kept on the server. */
export function useIdleLock(): void {
  useEffect(() => {
    let touchedAt = Date.now()
    const touch = (): void => { touchedAt = Date.now() }
    const lock = (): void => {
      if (Date.now() - touchedAt < IDLE) return
      clearInterval(timer)
      void fetch('/api/v1/auth/logout', { method: 'POST' }).finally(() => location.replace(loginAddress(location.pathname)))
    }
    const timer = setInterval(lock, LOOK_EVERY)
    for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS) window.removeEventListener(sign, touch)
    }
  }, [])
}
