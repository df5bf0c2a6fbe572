import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/**
 * pass: bytes go through · blackhole: connections stand, nothing goes through and nobody is told, and those that stood in it
 * stay so when it is over, as a router has forgotten them; new ones go through · reset: connections are
 * cut with RST · latency: each piece of data comes late · drop-replies: requests arrive, answers are swallowed.
 */
export type ProxyMode = 'pass' | 'blackhole' | 'reset' | 'latency' | 'drop-replies'

export interface TcpProxy {
  readonly port: number
  /** Holds for open and new connections; `reset` cuts the open ones. `latencyMs` counts for each direction. */
  setMode(mode: ProxyMode, latencyMs?: number): void
  /** Connections that stand now. */
  readonly connections: number
  stop(): Promise<void>
}

/** A TCP proxy on a free port before `targetPort` of the loopback address, for faults of the network. */
export async function createTcpProxy(targetPort: number): Promise<TcpProxy> {
  let mode: ProxyMode = 'pass'
  let latency = 0
  const pairs = new Set<readonly [Socket, Socket]>()
  const forgotten = new Set<Socket>()
  const carry = (from: Socket, to: Socket, isReply: boolean): void => {
    from.on('data', chunk => {
      if (forgotten.has(from) || (mode === 'drop-replies' && isReply)) return
      if (mode === 'latency') setTimeout(() => to.write(chunk), latency)
      else to.write(chunk)
    })
  }
  const forget = (pair: readonly Socket[]): void => pair.forEach(socket => forgotten.add(socket))
  const server = createServer(inner => {
    if (mode === 'reset') return void inner.resetAndDestroy()
    const outer = connect(targetPort, '127.0.0.1')
    const pair = [inner, outer] as const
    pairs.add(pair)
    if (mode === 'blackhole') forget(pair)
    carry(inner, outer, false)
    carry(outer, inner, true)
    for (const socket of pair) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        if (forgotten.has(socket)) return // the other side must not learn of it
        pairs.delete(pair)
        inner.destroy()
        outer.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const [inner, outer] of pairs) {
      inner.resetAndDestroy()
      outer.resetAndDestroy()
    }
    pairs.clear()
    forgotten.clear()
  }
  return {
    port: (server.address() as AddressInfo).port,
    get connections() { return pairs.size },
    setMode(next, latencyMs = 0) {
      mode = next
      latency = latencyMs
      if (next === 'reset') cut()
      if (next === 'blackhole') pairs.forEach(forget)
    },
    async stop() {
      mode = 'pass'
      cut()
      await new Promise(resolve => server.close(resolve))
    }
  }
}
