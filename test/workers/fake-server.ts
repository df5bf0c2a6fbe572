import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

export interface FakeServer {
  readonly url: string
  readonly received: Received[]
  stop(): Promise<void>
}

/** A process at the other end of the wire: answers as `answer` says and remembers what it was asked. */
export async function fakeServer(
  answer: (request: Received, response: ServerResponse, count: number) => void | Promise<void>
): Promise<FakeServer> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const one = {
      method: request.method!, path: request.url!, headers: request.headers, body: text ? JSON.parse(text) : undefined
    }
    received.push(one)
    await answer(one, response, received.length)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stop: () => new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Runs `use` with a fake server that is stopped whatever happens. */
export async function withServer(
  answer: Parameters<typeof fakeServer>[0], use: (server: FakeServer) => Promise<unknown>
): Promise<void> {
  const server = await fakeServer(answer)
  try {
    await use(server)
  } finally {
    await server.stop()
  }
}
