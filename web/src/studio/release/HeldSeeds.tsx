import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { ChangeList } from './ChangeList.tsx'

/** What an update of the software would change in models that designers released: not in force until somebody takes it over. */
export function HeldSeeds() {
  const { data: held = [] } = useQuery({ queryKey: ['held-seeds'], queryFn: async () => (await answer(api.GET('/held-seeds'))).held })
  const navigate = useNavigate()
  const begin = useMutation({
    mutationFn: (body: { key: string; xml: string }) => answer(api.POST('/drafts', { body })),
    onSuccess: ({ id }) => void navigate(`/drafts/${id}/compare`)
  })
  return held.map(({ key, name, version, changes, xml }) => (
    <section key={key} className="held-seed" aria-label={`没有生效的更新：${name}`}>
      <Alert type="warning" showIcon title={`软件更新带来“${name}”的改动，没有生效：现行第 ${version} 版是设计人员发布的。请核对后决定是否采用。`} />
      <ChangeList changes={changes} />
      <Button loading={begin.isPending} onClick={() => begin.mutate({ key, xml })}>以这些改动另起草案</Button>
      {begin.error && <Alert type="error" showIcon title={begin.error.message} role="alert" />}
    </section>
  ))
}
