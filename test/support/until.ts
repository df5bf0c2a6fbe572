/** Asks again and again until the answer is there; a real process has no argument for time. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, withinMs = 60_000, pauseMs = 150): Promise<T> {
  const deadline = Date.now() + withinMs
  let last: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false) return answer
    } catch (error) {
      last = error
    }
    await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
  throw new Error(`${what} did not come about within ${withinMs / 1000} s${last ? ` (last: ${String(last)})` : ''}`)
}
