import type { DraftState } from '../../shared/draft/draft-store.ts'
import { controlId } from '../../shared/form/pointer.ts'
import { titleOf } from '../../shared/region.ts'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'

interface NoticesPanelProps {
  readonly draft: OpenDraft
  readonly state: DraftState
  readonly confirmed: readonly string[]
  readonly onConfirm: (confirmed: string[]) => void
}

/** 业务办理须知 of each matter, word by word; the clerk reads them out and ticks what the person has confirmed. */
export function NoticesPanel({ draft: { forms, guide }, state, confirmed, onConfirm }: NoticesPanelProps) {
  const noticed = state.body.matters.filter(slug => (forms.matters[slug]?.ui.notices?.length ?? 0) > 0)
  if (noticed.length === 0) return null
  return (
    <section className="panel" aria-labelledby="notices-title">
      <h2 id="notices-title">业务办理须知</h2>
      {noticed.map(slug => (
        <div key={slug}>
          <details>
            <summary>{titleOf(guide, slug)}</summary>
            {forms.matters[slug]?.ui.notices?.map(text => <p key={text}>{text}</p>)}
          </details>
          <label className="option">
            <input
              id={controlId(`/notices/${slug}`)} type="checkbox" checked={confirmed.includes(slug)}
              onChange={event => onConfirm(event.target.checked ? [...confirmed, slug] : confirmed.filter(one => one !== slug))}
            />
            <span>申请人已阅读并知晓《{titleOf(guide, slug)}》的须知</span>
          </label>
        </div>
      ))}
    </section>
  )
}
