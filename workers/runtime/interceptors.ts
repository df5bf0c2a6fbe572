import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { newTraceparent } from '../../core/traceparent.ts'

type RequestConfig = Record<string, unknown>
type Interceptor = (config: RequestConfig) => RequestConfig
interface Reply { statusCode: number, headers: Record<string, string | undefined> }

/** Two connections are enough for one poll at a time and a straggler. */
const MAX_SOCKETS = 2

/** A deadline over each request, few kept connections, no silent repetition and no redirect, an end on `signal`. */
export function limitConnections(timeoutMs: number, signal: AbortSignal): Interceptor {
  const limits = { keepAlive: true, maxSockets: MAX_SOCKETS }
  const agent = { http: new HttpAgent(limits), https: new HttpsAgent(limits) }
  return config => ({
    ...config, agent, signal, timeout: { request: timeoutMs }, retry: { limit: 0 }, followRedirect: false
  })
}

/**
 * The client parses a body only when its type is exactly `application/json`, and otherwise runs each byte as a task:
 * parameters are cut off, and anything else than JSON becomes an error of the poll.
 */
export function guardReplies(config: RequestConfig): RequestConfig {
  const clean = (reply: Reply): Reply => {
    if (reply.statusCode !== 200) return reply
    const type = reply.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json') throw new TypeError(`the engine answered ${type ?? 'without a type'} to a poll`)
    reply.headers['content-type'] = type
    return reply
  }
  return { ...config, hooks: { afterResponse: [clean] } }
}

/** A trace of its own for each poll. */
export function tracePolls(config: RequestConfig): RequestConfig {
  return { ...config, headers: { ...(config['headers'] as object), traceparent: newTraceparent() } }
}
