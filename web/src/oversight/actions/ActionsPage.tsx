import { Button, Select } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { More } from '../frame/More.tsx'
import { CLEAR } from '../labels.ts'
import { ActionTable } from './ActionTable.tsx'
import { Proposals } from './Proposals.tsx'
import { SendAction } from './SendAction.tsx'
import type { ActionQuery } from './use-actions.ts'
import { useActions } from './use-actions.ts'

const STATES = [
  { value: 'sent', label: '已发出' }, { value: 'acknowledged', label: '已签收' }, { value: 'answered', label: '已答复' }, { value: 'closed', label: '已办结' }
]

/** What calls for an action, and every one that was sent with its state. */
export function ActionsPage() {
  const [state, setState] = useState<ActionQuery['state']>()
  const [isSending, setSending] = useState(false)
  const isSupervisor = useIsSupervisor()
  const pages = useActions(state ? { state } : {})
  return (
    <>
      <div className="page-head">
        <h1>督办件</h1>
        {isSupervisor && <Button type="primary" onClick={() => setSending(true)}>对部门或区划督办</Button>}
      </div>
      {isSupervisor && <Proposals />}
      <div className="filters">
        <Select aria-label="状态" placeholder="状态" allowClear={CLEAR} options={STATES} value={state} className="filter" onChange={setState} />
      </div>
      <Loaded query={pages}>
        {data => <ActionTable caption="后发的在前" actions={data.pages.flatMap(page => page.actions)} empty="没有督办件。对办件督办请从“在办事项”进入。" />}
      </Loaded>
      <More pages={pages} />
      {isSending && <SendAction onClose={() => setSending(false)} />}
    </>
  )
}
