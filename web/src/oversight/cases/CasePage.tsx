import { Button, Space } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { ActionTable } from '../actions/ActionTable.tsx'
import { SendAction } from '../actions/SendAction.tsx'
import { useActions } from '../actions/use-actions.ts'
import { EventTable } from '../audit/EventTable.tsx'
import { VerifyAudit } from '../audit/VerifyAudit.tsx'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { More } from '../frame/More.tsx'
import { EvidenceDialog } from './EvidenceDialog.tsx'
import { Holders } from './Holders.tsx'
import { useAttribution, useAudit } from './use-case.ts'

/** One case for a supervisor: who held it how long, what was sent about it, and everything that happened. */
export function CasePage() {
  const { applicationId = '' } = useParams()
  const [params] = useSearchParams()
  const [isSending, setSending] = useState(false)
  const [isTaking, setTaking] = useState(false)
  const isSupervisor = useIsSupervisor()
  const attribution = useAttribution(applicationId)
  const trail = useAudit({ applicationId })
  const events = (trail.data?.pages ?? []).flatMap(page => page.events)
  const items = attribution.data?.byItem ?? []
  return (
    <>
      <p><Link to="/items">在办事项</Link></p>
      <div className="page-head">
        <h1>办件 {events[0]?.number}</h1>
        <Space>
          {isSupervisor && <Button type="primary" disabled={items.length === 0} onClick={() => setSending(true)}>督办</Button>}
          <Button onClick={() => setTaking(true)}>证据包</Button>
          <VerifyAudit applicationId={applicationId} />
        </Space>
      </div>
      <Loaded query={attribution}>{data => <Holders attribution={data} />}</Loaded>
      <CaseActions applicationId={applicationId} />
      <Loaded query={trail}>{() => <EventTable caption="办理过程（审计记录）" events={events} items={items} isCase />}</Loaded>
      <More pages={trail} />
      {isTaking && <EvidenceDialog applicationId={applicationId} onClose={() => setTaking(false)} />}
      {isSending && <SendAction items={items} itemId={params.get('item') ?? undefined} onClose={() => setSending(false)} />}
    </>
  )
}

function CaseActions({ applicationId }: { applicationId: string }) {
  const pages = useActions({ applicationId })
  return (
    <Loaded query={pages}>
      {data => <ActionTable caption="督办件" actions={data.pages.flatMap(page => page.actions)} empty="没有对本办件发过督办件。" />}
    </Loaded>
  )
}
