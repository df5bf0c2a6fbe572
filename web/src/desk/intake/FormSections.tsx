import { useState } from 'react'
import type { DraftState } from '../../shared/draft/draft-store.ts'
import { ObjectFields } from '../../shared/form/ObjectFields.tsx'
import { valueAt } from '../../shared/form/pointer.ts'
import type { Fields } from '../../shared/form/schema.ts'
import { titleOf } from '../../shared/region.ts'
import type { FormPart } from '../../shared/region.ts'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'

/** The common part and one part for each matter. */
export function FormSections({ draft, state }: { draft: OpenDraft; state: DraftState }) {
  const { forms, guide } = draft
  const { matters } = state.body
  return [
    <Section key="common" title="申请人信息" part={forms.common} pointer="/common" state={state} />,
    ...matters.map(slug => forms.matters[slug] && (
      <Section key={slug} title={titleOf(guide, slug)} part={forms.matters[slug]} pointer={`/items/${slug}`} state={state} />
    ))
  ]
}

interface SectionProps {
  readonly title: string
  readonly part: FormPart
  readonly pointer: string
  readonly state: DraftState
}

/** Folded while nothing is missing in it; what was opened stays open. */
function Section({ title, part, pointer, state }: SectionProps) {
  const missing = state.problems.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`)).length
  const [isOpen, setOpen] = useState(missing > 0)
  const isShown = isOpen || missing > 0
  return (
    <details className="panel part" open={isShown} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary><h2>{title}</h2> <span className="quiet">{missing > 0 ? `还有 ${missing} 处要填` : '已填好'}</span></summary>
      {isShown && <div className="grid-fields"><ObjectFields {...part} value={(valueAt(state.body, pointer) ?? {}) as Fields} pointer={pointer} /></div>}
    </details>
  )
}
