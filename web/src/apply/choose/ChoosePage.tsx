import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { readKept, writeKept } from '../kept.ts'
import { useGuide } from '../../shared/region.ts'
import { factsOf, readPrefill } from '../../shared/prefill.ts'
import { MatterChoice } from './MatterChoice.tsx'

/** The choice of matters for a new application; it ends in a draft that holds what is known already. */
export function ChoosePage() {
  const { region = '' } = useParams()
  return <RequireLogin><Choose region={region} /></RequireLogin>
}

function Choose({ region }: { region: string }) {
  const guide = useGuide(region)
  const known = useQuery({ queryKey: ['prefill', region], queryFn: () => readPrefill(region, []) })
  const navigate = useNavigate()
  const create = useMutation({
    mutationFn: (matters: string[]) => createDraft(region, matters),
    onSuccess: id => navigate(`/drafts/${id}/person`)
  })
  return (
    <Page title="您要办理哪些事项？">
      <p>可以一次选多项，只填一张表。颜色变灰的不能选，下面写着原因。</p>
      <Loaded query={guide}>
        {place => (
          <Loaded query={known}>
            {({ common }) => (
              <MatterChoice
                guide={place} facts={factsOf(common)} initial={[]} isBusy={create.isPending}
                onChosen={matters => create.mutate(matters)}
              />
            )}
          </Loaded>
        )}
      </Loaded>
      <ErrorNote error={create.error} />
    </Page>
  )
}

/** The key is kept until the draft is there: a second try after a lost answer makes no second draft. */
async function createDraft(region: string, matters: string[]): Promise<string> {
  const { common, items } = await readPrefill(region, matters)
  const name = `new:${region}:${matters.join()}`
  const key = readKept<string>(name) ?? newKey()
  writeKept(name, key)
  const params = { header: { 'Idempotency-Key': key } }
  const body = { region, channel: 'online' as const, matters, common: { ...common }, items: { ...items }, agent: null }
  const { id } = await answer(api.POST('/applications', { params, body: body as never }))
  writeKept(name, null)
  return id
}
