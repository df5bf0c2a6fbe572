import { Alert } from 'antd'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { FindingList } from './FindingList.tsx'
import { useLint } from './use-findings.ts'

/** What the server finds in the draft as it is saved: this is what a release has to pass. */
export function CheckTab() {
  const lint = useLint(useDraft())
  return (
    <Loaded query={lint}>
      {({ findings, warnings }) => (
        <>
          {findings.length > 0 ? <FindingList findings={findings} /> : <Alert type="success" showIcon title="没有不合规则之处，可以送审。" />}
          {warnings.map(({ element, message }) => <Alert key={`${element} ${message}`} type="warning" showIcon title={message} />)}
        </>
      )}
    </Loaded>
  )
}
