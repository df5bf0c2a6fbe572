import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'

export interface HealthOptions {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly registry: Registry
  /** Names of the clients that are not polling as they should. */
  readonly late: () => readonly string[]
}

export interface Health {
  readonly port: number
  stop(): Promise<void>
}

/** The worker's own port: /healthz (alive), /readyz (every client polls), /metrics. */
export async function startHealth(options: HealthOptions): Promise<Health> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => response.writeHead(500).end())
  })
  await listen(server, options)
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
}

async function answer({ registry, late }: HealthOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0]
  if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end()
  if (path === '/metrics') {
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
  } else if (path === '/healthz') {
    sendJson(response, 200, { status: 'ok' })
  } else if (path === '/readyz') {
    const waiting = late()
    sendJson(response, waiting.length > 0 ? 503 : 200, { status: waiting.length > 0 ? 'waiting' : 'ready', waiting })
  } else {
    response.writeHead(404).end()
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function listen(server: Server, { port, host }: HealthOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
}
