import { Link } from 'react-router'
import { Page } from '../frame/Page.tsx'
import { titleOf } from '../../shared/region.ts'
import { PERSON, stepOf, useDraft } from './draft.ts'
import { DeleteDraft } from './DeleteDraft.tsx'

/** The parts of a draft with what is still to be done in each; where one comes back to. */
export function DraftHome() {
  const { id, guide, state } = useDraft()
  const { matters } = state.body
  const open = (step: string): number => state.problems.filter(({ path }) => stepOf(path) === step).length
  const parts = [PERSON, ...matters]
  const next = parts.find(step => open(step) > 0) ?? 'materials'
  return (
    <Page title="填写进度">
      <ul className="tasks">
        {parts.map(step => (
          <li key={step}>
            <Link to={`/drafts/${id}/${step}`}>{step === PERSON ? '申请人信息' : titleOf(guide, step)}</Link>
            <span className={open(step) > 0 ? 'tag todo' : 'tag done'}>{open(step) > 0 ? `还有 ${open(step)} 处` : '已填好'}</span>
          </li>
        ))}
        <li><Link to={`/drafts/${id}/materials`}>申请材料</Link></li>
        <li><Link to={`/drafts/${id}/review`}>核对并提交</Link></li>
      </ul>
      <p><Link className="button wide" to={`/drafts/${id}/${matters.length > 0 ? next : 'matters'}`}>继续填写</Link></p>
      <p><Link className="button quiet wide" to={`/drafts/${id}/matters`}>增减办理事项</Link></p>
      <DeleteDraft />
    </Page>
  )
}
