import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { useDraft } from '../draft/draft.ts'
import { StepNav } from '../draft/StepNav.tsx'
import { stepsOf } from '../draft/draft.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { MaterialEntry } from './MaterialEntry.tsx'

/** What has to be handed in: what the state holds already is 免提交, the rest is photographed here or shown at a window. */
export function MaterialsPage() {
  const { id, store, state } = useDraft()
  const navigate = useNavigate()
  const steps = stepsOf(state.body.matters)
  const checklist = useQuery({
    queryKey: ['checklist', id],
    queryFn: async () => {
      await store.save() // The list depends on what is filled in.
      return answer(api.GET('/applications/{id}/materials', { params: { path: { id } } }))
    },
    gcTime: 0
  })
  const { region } = state.body
  const papers = useQuery({
    queryKey: ['papers', region],
    queryFn: () => answer(api.GET('/regions/{region}/papers', { params: { path: { region } } })),
    staleTime: Infinity
  })
  const isToSign = (code: string): boolean => papers.data?.papers.some(paper => paper.code === code) ?? false
  return (
    <Page title="申请材料" position={`第 ${steps.indexOf('materials') + 1} 步，共 ${steps.length} 步`}>
      <p>能通过数据共享查到的，不用提交。须验原件的，可以先上传照片，再按每项下面写的方式核验原件。</p>
      <Loaded query={checklist}>
        {({ materials }) => (
          <>
            {materials.length === 0 && <p>不用提交材料。</p>}
            <ul className="materials">
              {materials.map(entry => (
                <MaterialEntry
                  key={entry.code} id={id} entry={entry} isToSign={isToSign(entry.code)} onSent={() => void checklist.refetch()}
                />
              ))}
            </ul>
            <Missing names={materials.filter(({ required, state: of }) => required && of === 'to-upload').map(({ name }) => name)} />
          </>
        )}
      </Loaded>
      <form onSubmit={event => { event.preventDefault(); void navigate(`/drafts/${id}/review`) }}>
        <StepNav step="materials" isBusy={false} label="下一步，核对" />
      </form>
    </Page>
  )
}

/** What is still missing bars nobody: the draft can be submitted, and a person will ask for it. */
function Missing({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return <p className="note">还没有上传：{names.join('、')}。可以先继续；提交后由工作人员核对，可能要您补正。</p>
}
