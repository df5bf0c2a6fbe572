import { isLoggedOut } from '../../shared/logged-out.ts'

const OFTEN_MS = 5000
const OVER = ['completed', 'withdrawn', 'not-accepted']

interface LastLook {
  readonly data: { readonly status: string } | undefined
  readonly error: Error | null
}

/** ms until a case is read again; `false` = no more: it is closed, or whoever looks at it is not logged in any more. */
export function lookAgain({ data, error }: LastLook): number | false {
  const isOver = data !== undefined && OVER.includes(data.status)
  return isOver || isLoggedOut(error) ? false : OFTEN_MS
}
