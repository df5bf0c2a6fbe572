import { randomBytes } from 'node:crypto'
import { readConfig } from '../../core/config.ts'
import type { Config } from '../../core/config.ts'

const SECRET = 'test-secret-of-no-worth'
const SECRETS = ['ENGINE_PASSWORD', 'OIDC_CLIENT_SECRET', 'WORKER_TOKEN_SECRET', 'HASH_KEY', 'SESSION_SECRET', 'DEPARTMENT_CALLBACK_SECRET', 'DEMO_PASSWORD']

/**
 * Configuration of a server that stands alone: the other parts are looked for at ports where nobody is, so that a system that
 * runs on the same machine is not taken for them.
 */
export function testConfig(dataDir: string, env: Readonly<Record<string, string>> = {}): Config {
  return readConfig({
    ...Object.fromEntries(SECRETS.map(name => [name, SECRET])), DATA_KEY: randomBytes(32).toString('base64'), DATA_DIR: dataDir,
    PORT: '700', PUBLIC_URL: 'http://localhost:3000', ...env
  })
}
