import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens; rejects when the port is taken. */
export function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Takes no new connection, and cuts those that hold on for more than a second. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => { server.close(() => resolve()) })
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), 1000)
  await closed
  clearTimeout(late)
}

/** Where a listening server is reached from this machine. */
export function urlOf(server: Server, host: string): string {
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(server.address() as AddressInfo).port}`
}
