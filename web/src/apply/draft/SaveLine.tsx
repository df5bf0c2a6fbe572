import { useLocation } from 'react-router'
import { loginAddress } from '../../shared/session.ts'
import { useDraft } from './draft.ts'
import { readApplication } from '../../shared/draft/read-draft.ts'
import { forgetDraft } from './load-draft.ts'

/** Whether the draft is saved, always in sight; when it is not, why, and what can be done. */
export function SaveLine() {
  const { state } = useDraft()
  const { isSaving, hasUnsaved, savedAt, hindrance } = state
  if (hindrance) return <Hindered kind={hindrance.kind} message={hindrance.message} />
  const text = isSaving ? '正在保存…' : hasUnsaved ? '有修改，即将自动保存' : savedAt === null ? '草稿已保存' : `已自动保存 ${timeOf(savedAt)}`
  return <p className="saved" role="status">{text}</p>
}

function Hindered({ kind, message }: { kind: string; message: string }) {
  const { id, store } = useDraft()
  const { pathname } = useLocation()
  const insist = async (): Promise<void> => void store.insist((await readApplication(id)).etag)
  const giveUp = (): void => {
    store.stop()
    forgetDraft(id)
    location.reload()
  }
  if (kind === 'conflict') {
    return (
      <div className="note bad" role="alert">
        <p>这份草稿刚才在别处（别的页面或手机）改过。您在这里填写的内容还在，请选择保留哪一份。</p>
        <p><button type="button" onClick={() => void insist()}>保留这里的内容</button></p>
        <p><button type="button" className="quiet" onClick={giveUp}>放弃这里的修改，打开另一份</button></p>
      </div>
    )
  }
  if (kind === 'login') {
    return (
      <div className="note bad" role="alert">
        <p>登录已过期。您填写的内容还在，重新登录后继续。</p>
        <p><a className="button" href={loginAddress(`/apply${pathname}`)}>重新登录</a></p>
      </div>
    )
  }
  return (
    <div className="note bad" role="alert">
      <p>{kind === 'away' ? '暂时连不上服务器。您填写的内容都在这里，连上后会自动保存，请不要关闭页面。' : message}</p>
      <p><button type="button" className="quiet" onClick={() => void store.save()}>立即再试</button></p>
    </div>
  )
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}
