import { Alert } from 'antd'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { FindingList } from './FindingList.tsx'
import { useFindings } from './use-findings.ts'

/** What the server finds in the draft as it is saved: this is what a release has to pass. */
export function CheckTab() {
  const findings = useFindings(useDraft())
  return (
    <Loaded query={findings}>
      {all => (all.length > 0 ? <FindingList findings={all} /> : <Alert type="success" showIcon title="没有不合规则之处，可以送审。" />)}
    </Loaded>
  )
}
