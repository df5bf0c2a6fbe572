import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Spin } from 'antd'
import { Navigate, useParams } from 'react-router'
import { DraftStore } from '../../shared/draft/draft-store.ts'
import { bodyOf, portOf, readApplication } from '../../shared/draft/read-draft.ts'
import type { Prefill } from '../../shared/prefill.ts'
import { useForms, useGuide, usePlaces } from '../../shared/region.ts'
import { DraftForm } from './DraftForm.tsx'
import { knownKey } from './IntakePage.tsx'
import './intake.css'

/** One draft at the counter. Nothing of it is kept on this device: the next person stands before the same screen. */
export function DraftPage() {
  const { id = '' } = useParams()
  const draft = useQuery({ queryKey: ['intake-draft', id], queryFn: () => load(id), staleTime: Infinity, gcTime: 0 })
  if (draft.error) return <Alert type="error" showIcon title={draft.error.message} />
  if (!draft.data) return <Spin description="正在打开草稿" />
  const { status, region, store } = draft.data
  if (status !== 'draft') return <Navigate to={`/intake/${id}/done`} replace />
  return <Open key={id} id={id} region={region} store={store} />
}

function Open({ id, region, store }: { id: string; region: string; store: DraftStore }) {
  const queries = useQueryClient()
  const [forms, guide, places] = [useForms(region), useGuide(region), usePlaces(region)]
  const error = forms.error ?? guide.error ?? places.error
  if (error) return <Alert type="error" showIcon title={error.message} />
  if (!forms.data || !guide.data || !places.data) return <Spin description="正在打开申请表" />
  const known = queries.getQueryData<Prefill>(knownKey(id))
  return <DraftForm draft={{ id, store, known, forms: forms.data, guide: guide.data, places: places.data }} />
}

async function load(id: string) {
  const { application, etag } = await readApplication(id)
  const { status, region, problems = [] } = application
  return { status, region, store: new DraftStore(portOf(id, () => undefined), { body: bodyOf(application), etag, problems }) }
}
