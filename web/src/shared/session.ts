import { QueryClient, useQuery } from '@tanstack/react-query'
import { answer, api, ApiError } from './api.ts'
import type { paths } from './api.generated.ts'

export type Me = paths['/me']['get']['responses']['200']['content']['application/json']

/** Code of the refusal for a session that a later login of the same account has ended. */
export const SESSION_REPLACED = 'SESSION_REPLACED'

/** The server gives a request up that a process of its own took along after a minute, and waits ten seconds itself each time. */
const UNDER_WAY_MS = 5_000
const WAITS = 5

/** The same request is still being worked on: its answer is worth waiting for. */
function isUnderWay(error: Error): boolean {
  return error instanceof ApiError && error.code === 'IDEMPOTENCY_IN_PROGRESS'
}

/**
 * What was read stays; a refusal is shown at once, a server that is away is asked again twice. What is sent is sent once, unless
 * the server says that it is at it already.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => error instanceof ApiError && error.isPassing && failures < 2,
        refetchOnWindowFocus: false,
        networkMode: 'always'
      },
      mutations: { networkMode: 'always', retry: (tries, error) => isUnderWay(error) && tries < WAITS, retryDelay: UNDER_WAY_MS }
    }
  })
}

/** Who is logged in; `null` = nobody. Fails with `SESSION_REPLACED` for whoever was logged out by a login elsewhere. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: readMe, staleTime: 60_000 })
}

async function readMe(): Promise<Me | null> {
  return answer(api.GET('/me')).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401 && error.code !== SESSION_REPLACED) return null
    throw error
  })
}

/** Address of the login that leads back to this path of ours. */
export function loginAddress(returnTo: string): string {
  return `/api/v1/auth/login?returnTo=${encodeURIComponent(returnTo)}`
}

export const LOGOUT_ADDRESS = '/api/v1/auth/logout'
