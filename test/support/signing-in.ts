import { ApiClient } from '../../scripts/client.ts'
import { login } from '../../scripts/login.ts'
import type { System } from '../../scripts/system/system.ts'

const TURN_MS = 2_000
const LONGEST_TURN_MS = 70_000

/** Signs accounts in by the real login flow; one session is kept for each. */
export function signingIn(system: Pick<System, 'baseUrl' | 'secrets'>): (account: string) => Promise<ApiClient> {
  const sessions = new Map<string, Promise<ApiClient>>()
  return account => {
    const known = sessions.get(account)
    if (known) return known
    const session = signIn(system, account)
    sessions.set(account, session)
    session.catch(() => sessions.delete(account)) // identity may be away now and back at the next try
    return session
  }
}

/** All people of a test come from one address, which may log in so often a minute; whoever is refused waits his turn. */
async function signIn({ baseUrl, secrets }: Pick<System, 'baseUrl' | 'secrets'>, account: string): Promise<ApiClient> {
  for (let waited = 0; ; waited += TURN_MS) {
    try {
      return new ApiClient(baseUrl, await login(account, { baseUrl, password: secrets.DEMO_PASSWORD! }))
    } catch (error) {
      if (waited >= LONGEST_TURN_MS || !String(error).includes('返回 429')) throw error
      await new Promise(resolve => setTimeout(resolve, TURN_MS))
    }
  }
}
