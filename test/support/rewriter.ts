import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Rewriter {
  readonly port: number
  stop(): Promise<void>
}

/** An HTTP proxy on a free port before `targetPort` of the loopback address that changes the body of every request. */
export async function createRewriter(targetPort: number, rewrite: (body: string) => string): Promise<Rewriter> {
  const server = createServer((incoming, answer) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const body = Buffer.from(rewrite(Buffer.concat(parts).toString()))
      const { method, url: path } = incoming
      const headers = { ...incoming.headers, ...(body.length > 0 && { 'content-length': body.length }) }
      const onward = request({ host: '127.0.0.1', port: targetPort, method, path, headers }, reply => {
        answer.writeHead(reply.statusCode!, reply.headers)
        reply.pipe(answer)
      })
      onward.on('error', () => answer.destroy())
      answer.on('close', () => onward.destroy())
      onward.end(body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  }
}
