import { readApplication } from '../../shared/draft/read-draft.ts'
import type { Hindrance } from '../../shared/draft/draft-store.ts'
import { LoginAgain } from '../frame/LoginAgain.tsx'
import { useDraft } from './draft.ts'
import { forgetDraft } from './load-draft.ts'
import { WAYS_OUT } from './not-saved.ts'

/** The buttons by which a draft that is not saved can be saved after all. */
export function WaysOut({ kind }: { kind: Hindrance }) {
  const { id, store } = useDraft()
  const insist = async (): Promise<void> => void store.insist((await readApplication(id)).etag)
  const giveUp = (): void => {
    store.stop()
    forgetDraft(id)
    location.reload()
  }
  const way = WAYS_OUT[kind]
  if (way === 'login') return <LoginAgain />
  if (way === 'again') return <p><button type="button" className="quiet" onClick={() => void store.save()}>立即再试</button></p>
  return (
    <>
      <p><button type="button" onClick={() => void insist()}>保留这里的内容</button></p>
      <p><button type="button" className="quiet" onClick={giveUp}>放弃这里的修改，打开另一份</button></p>
    </>
  )
}
