import type { DraftState } from '../../shared/draft/draft-store.ts'
import { useDraft } from './draft.ts'
import { WaysOut } from './WaysOut.tsx'

/** Whether the draft is saved, on top of each of its pages; when it is not, why, and what can be done. */
export function SaveLine() {
  const { state } = useDraft()
  const { isSaving, hasUnsaved, savedAt, hindrance } = state
  if (hindrance) return <div className="note bad" role="alert"><p>{reasonOf(hindrance)}</p><WaysOut kind={hindrance.kind} /></div>
  const text = isSaving ? '正在保存…' : hasUnsaved ? '有修改，即将自动保存' : savedAt === null ? '草稿已保存' : `已自动保存 ${timeOf(savedAt)}`
  return <p className="saved" role="status">{text}</p>
}

function reasonOf({ kind, message }: NonNullable<DraftState['hindrance']>): string {
  if (kind === 'conflict') return '这份草稿刚才在别处（别的页面或手机）改过。您在这里填写的内容还在，请选择保留哪一份。'
  if (kind === 'login') return '登录已过期。您填写的内容还在，重新登录后继续。'
  return kind === 'away' ? '暂时连不上服务器。您填写的内容都在这里，连上后会自动保存，请不要关闭页面。' : message
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}
