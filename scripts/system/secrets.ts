import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every secret of the system by its environment variable, and the bytes that it holds. */
const SECRETS: Readonly<Record<string, number>> = {
  ENGINE_PASSWORD: 24,
  OIDC_CLIENT_SECRET: 32,
  WORKER_TOKEN_SECRET: 32,
  DATA_KEY: 32,
  HASH_KEY: 32,
  SESSION_SECRET: 32,
  DEPARTMENT_CALLBACK_SECRET: 32,
  DEMO_PASSWORD: 9
}

/**
 * Gives the secrets of a data folder, making those that do not exist yet (0600, below `secrets/`).
 * A value in the environment wins, so that production hands its own and nothing is written.
 */
export function ensureSecrets(dataDir: string, given: NodeJS.ProcessEnv): Record<string, string> {
  const folder = join(dataDir, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return Object.fromEntries(Object.entries(SECRETS).map(([name, bytes]) => [name, given[name] ?? fromFile(folder, name, bytes)]))
}

/** The text of one secret (by its file's name) of a data folder; undefined when it is not kept there. For readConfig. */
export function readSecret(name: string, dataDir: string): string | undefined {
  const file = join(dataDir, 'secrets', name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function fromFile(folder: string, name: string, bytes: number): string {
  const file = join(folder, name.toLowerCase().replaceAll('_', '-'))
  if (!existsSync(file)) {
    // AES-256 wants exactly its 32 bytes back, so the data key is plain base64; the rest go into URLs and headers.
    const encoding = name === 'DATA_KEY' ? 'base64' : 'base64url'
    writeFileSync(file, randomBytes(bytes).toString(encoding), { mode: 0o600, flag: 'wx' })
  }
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}
