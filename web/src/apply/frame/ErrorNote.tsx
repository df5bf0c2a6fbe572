import { isLoggedOut } from '../../shared/logged-out.ts'
import { LoginAgain } from './LoginAgain.tsx'

/** What went wrong, in the words of the server, with what may be done about it. */
export function ErrorNote({ error, onRetry }: { error: Error | null; onRetry?: () => void }) {
  if (!error) return null
  return (
    <div className="note bad" role="alert">
      <p>{error.message}</p>
      {isLoggedOut(error) ? <LoginAgain /> : onRetry && <button type="button" className="quiet" onClick={onRetry}>再试一次</button>}
    </div>
  )
}
