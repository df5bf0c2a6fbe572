/** An EventSource, as far as it is needed. */
export interface Stream {
  readonly readyState: number
  onopen: ((...event: never[]) => void) | null
  onmessage: ((...event: never[]) => void) | null
  onerror: ((...event: never[]) => void) | null
  close(): void
}

interface Ways {
  readonly open: () => Stream
  /** Something changed, or may have. */
  readonly onChange: () => void
  /** The server refused the stream, or went away. */
  readonly onLost: () => void
}

/** The browser opens a stream anew that broke, but none that was answered with an error. */
const CLOSED = 2
const ANEW_MS = 30_000

/**
 * Listens until it is told to stop. A stream that the server refuses is opened anew after a while; whatever happened while there
 * was none is asked for. Answers what stops it.
 */
export function listen({ open, onChange, onLost }: Ways, anewMs = ANEW_MS): () => void {
  let stream: Stream
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasLost = false
  const lost = (): void => {
    wasLost = true
    if (stream.readyState !== CLOSED) return
    onLost()
    timer = setTimeout(() => {
      onChange()
      begin()
    }, anewMs)
  }
  const begin = (): void => {
    stream = open()
    stream.onmessage = onChange
    stream.onerror = lost
    stream.onopen = () => {
      if (wasLost) onChange()
      wasLost = false
    }
  }
  begin()
  return () => {
    clearTimeout(timer)
    stream.close()
  }
}
