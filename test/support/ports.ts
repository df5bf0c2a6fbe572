import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { isFree } from '../../scripts/system/ports.ts'

/** Finds `count` free TCP ports of the loopback address; they are held together until all are known, so no two are equal. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, open))
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => new Promise(closed => server.close(closed))))
  return ports
}

/**
 * Finds a base port such that base … base + span are free, as a whole system needs neighbours of one number. Below 32768, from
 * where Linux takes the ports of outgoing connections: one of those may take a port between our look and the process's start.
 */
export async function freePortRange(span: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 20000 + Math.floor(Math.random() * 250) * 50
    const taken = await Promise.all(Array.from({ length: span + 1 }, (_, offset) => isFree(base + offset)))
    if (taken.every(Boolean)) return base
  }
  throw new Error(`no ${span + 1} free neighbouring ports found`)
}

function open() {
  return new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
