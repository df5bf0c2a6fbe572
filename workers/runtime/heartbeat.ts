import type { EngineApi } from './engine-api.ts'

/**
 * Extends the lock of a task each third of its time until stopped. `onLost` is told once when the engine says that the
 * task is no longer ours, so that the handler makes no further call.
 */
export function startHeartbeat(
  engine: Pick<EngineApi, 'extendLock'>, taskId: string, lockMs: number, onLost: () => void
): { stop(): void } {
  const timer = setInterval(async () => {
    const report = await engine.extendLock(taskId, lockMs).catch(() => 'unknown' as const)
    if (report !== 'gone' && report !== 'foreign') return
    clearInterval(timer)
    onLost()
  }, lockMs / 3)
  return { stop: () => clearInterval(timer) }
}
