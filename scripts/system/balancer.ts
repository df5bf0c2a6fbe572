import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export interface Balancer {
  readonly port: number
  stop(): Promise<void>
}

/**
 * Hands each new connection to `port` of the loopback address to the next of several ports that answers, as a site's load
 * balancer does; a node that is away is passed over, and its open connections end with it.
 */
export async function startBalancer(port: number, targets: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>()
  let turn = 0
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const handOn = (inner: Socket, left: readonly number[]): void => {
    const [target, ...others] = left
    if (target === undefined) return void inner.resetAndDestroy()
    const outer = connect(target, '127.0.0.1')
    keep(outer)
    const onRefused = (): void => handOn(inner, others)
    outer.once('error', onRefused)
    outer.once('connect', () => {
      outer.off('error', onRefused)
      inner.pipe(outer).pipe(inner)
      inner.once('close', () => outer.destroy())
      outer.once('close', () => inner.destroy())
    })
  }
  const server = createServer(inner => {
    keep(inner)
    turn = (turn + 1) % targets.length
    handOn(inner, [...targets.slice(turn), ...targets.slice(0, turn)])
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port,
    async stop() {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    }
  }
}
