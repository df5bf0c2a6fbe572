import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router'
import type { Guide } from '../../shared/region.ts'
import { useGuide } from '../../shared/region.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { startedDraft } from './new-draft.ts'

/** Where a platform leads to with matters already chosen (?matters=a,b): straight into the draft of them. */
export function StartPage() {
  const { region = '' } = useParams()
  const [query] = useSearchParams()
  const wanted = (query.get('matters') ?? '').split(',')
  return (
    <RequireLogin>
      <Loaded query={useGuide(region)}>{guide => <Start guide={guide} wanted={wanted} />}</Loaded>
    </RequireLogin>
  )
}

function Start({ guide, wanted }: { guide: Guide; wanted: readonly string[] }) {
  const region = guide.region.slug
  const matters = guide.matters.map(({ slug }) => slug).filter(slug => wanted.includes(slug))
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: () => startedDraft(region, matters),
    onSuccess: id => navigate(`/drafts/${id}/person`, { replace: true })
  })
  useEffect(() => {
    if (matters.length > 0 && start.isIdle) start.mutate()
  })
  if (matters.length === 0) return <Navigate to={`/regions/${region}/choose`} replace />
  return (
    <Page title="正在打开您选的事项">
      {!start.error && <p role="status">正在替您填好已有的信息…</p>}
      <ErrorNote error={start.error} onRetry={() => start.mutate()} />
    </Page>
  )
}
