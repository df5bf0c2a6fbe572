import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Navigate, Outlet, useParams } from 'react-router'
import { readPrefill } from '../../shared/prefill.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { useForms, useGuide, usePlaces } from '../../shared/region.ts'
import { DraftContext } from './draft.ts'
import { loadDraft } from './load-draft.ts'
import type { LoadedDraft } from './load-draft.ts'
import { SaveLine } from './SaveLine.tsx'

/** Everything below one draft: it is read once and lives as long as its pages are open. */
export function DraftPage() {
  const { id = '' } = useParams()
  const draft = useQuery({ queryKey: ['draft', id], queryFn: () => loadDraft(id), staleTime: Infinity, gcTime: 0 })
  return (
    <RequireLogin>
      <Loaded query={draft}>
        {loaded => loaded.application.status === 'draft' ? <Open id={id} {...loaded} /> : <Navigate to={`/cases/${id}`} replace />}
      </Loaded>
    </RequireLogin>
  )
}

function Open({ id, application, store }: LoadedDraft & { id: string }) {
  const forms = useForms(application.region)
  const guide = useGuide(application.region)
  const places = usePlaces(application.region)
  const { matters, region } = application
  // Without it nothing is marked as known, and the form can be filled in all the same; later it would move what is being read.
  const { data: prefilled, isPending } = useQuery({
    queryKey: ['prefill', region, matters], queryFn: () => readPrefill(region, matters), staleTime: Infinity
  })
  useEffect(() => {
    const again = (): void => void store.save()
    again()
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('online', again)
      void store.save().finally(() => store.stop())
    }
  }, [store])
  if (isPending) return <p role="status">正在读取…</p>
  return (
    <Loaded query={forms}>
      {form => (
        <Loaded query={guide}>
          {known => (
            <Loaded query={places}>
              {where => (
                <DraftContext value={{ id, store, forms: form, guide: known, places: where, known: prefilled }}>
                  <SaveLine />
                  <Outlet />
                </DraftContext>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}
