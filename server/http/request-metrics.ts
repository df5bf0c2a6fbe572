import { Histogram } from 'prom-client'

const SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const shared = new WeakMap<object, ReturnType<typeof createRequestSeconds>>()

/** How long the public interface takes to answer, by operation and status; the one of this server, whoever asks for it. */
export function requestSecondsOf(ctx: object): ReturnType<typeof createRequestSeconds> {
  const known = shared.get(ctx) ?? createRequestSeconds()
  shared.set(ctx, known)
  return known
}

/** Belongs to no registry yet, as the public interface counts and the internal one shows. */
function createRequestSeconds() {
  return new Histogram({
    name: 'http_request_duration_seconds', help: 'Time until an operation of the interface was answered', labelNames: ['operation', 'status'],
    buckets: SECONDS, registers: []
  })
}
