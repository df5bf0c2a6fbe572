import { ApiError } from '../../shared/api.ts'
import { isLoggedOut } from '../../shared/logged-out.ts'
import { Reasons } from '../choose/Reasons.tsx'
import { LoginAgain } from '../frame/LoginAgain.tsx'

interface Conflict {
  readonly message: string
  readonly clause: string | null
}

/** Why a submission was not taken: the server's words, the pairs that exclude each other, or that it is away just now. */
export function Refusal({ error }: { error: Error | null }) {
  if (!error) return null
  const isPassing = error instanceof ApiError && error.isPassing
  const conflicts = error instanceof ApiError ? (error.problem.conflicts ?? []) as Conflict[] : []
  return (
    <div className="note bad" role="alert">
      <p>{error.message}</p>
      <Reasons reasons={conflicts} />
      {isLoggedOut(error) && <LoginAgain />}
      {isPassing && <p>还没有收到受理编号。您的内容都在，请稍后再次提交；即使刚才已经送达，也只会有一件。</p>}
    </div>
  )
}
