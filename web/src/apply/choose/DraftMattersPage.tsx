import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { useDraft } from '../draft/draft.ts'
import { NotSaved } from '../draft/NotSaved.tsx'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Page } from '../frame/Page.tsx'
import { MatterChoice } from './MatterChoice.tsx'
import { factsOf } from '../../shared/prefill.ts'
import { actsForRelative, itemsFor } from './beginning.ts'

/** Another choice of matters for a draft: what was filled in for those that stay is kept, the new ones are prefilled. */
export function DraftMattersPage() {
  const { id, store, state, guide, known } = useDraft()
  const navigate = useNavigate()
  const change = useMutation({
    mutationFn: async (matters: string[]) => {
      const items = await itemsFor(state.body.region, matters, actsForRelative(state.body.agent, known))
      const before = store.current().body
      const sections = Object.fromEntries(matters.map(slug => [slug, before.items[slug] ?? items[slug] ?? {}]))
      store.replace({ ...before, matters, items: sections })
      return store.save()
    },
    onSuccess: isSaved => { if (isSaved) void navigate(`/drafts/${id}`) }
  })
  return (
    <Page title="增减办理事项">
      <MatterChoice
        guide={guide} facts={factsOf(state.body.common)} initial={state.body.matters} isBusy={change.isPending}
        onChosen={matters => change.mutate(matters)}
      >
        <ErrorNote error={change.error} />
        <NotSaved isStuck={change.data === false} />
      </MatterChoice>
    </Page>
  )
}
