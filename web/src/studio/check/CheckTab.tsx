import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { FindingList } from './FindingList.tsx'

/** What the server finds in the draft as it is saved: this is what a release has to pass. */
export function CheckTab() {
  const { id, version } = useDraft()
  const lint = useQuery({
    queryKey: ['lint', id, version],
    queryFn: async () => (await answer(api.POST('/drafts/{draft}/lint', { params: { path: { draft: id } } }))).findings
  })
  return (
    <Loaded query={lint}>
      {findings => (findings.length > 0 ? <FindingList findings={findings} />
        : <Alert type="success" showIcon title="没有不合规则之处，可以送审。" />)}
    </Loaded>
  )
}
