import { Alert, Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { moment } from '../../staff/labels.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useChoices } from '../board/use-summary.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { CLEAR } from '../labels.ts'
import type { NewSubscription } from './use-alerts.ts'
import { useAlertMoves, useAlerts } from './use-alerts.ts'

/** What a supervisor was told, and what to tell of. */
export function AlertsPage() {
  const isSupervisor = useIsSupervisor()
  const alerts = useAlerts(isSupervisor)
  const { read, unsubscribe } = useAlertMoves()
  if (!isSupervisor) return <><h1>提醒</h1><Alert type="info" showIcon title="提醒由督办人员订阅。" /></>
  return (
    <>
      <div className="page-head">
        <h1>提醒</h1>
        <Button disabled={!alerts.data?.unread} loading={read.isPending} onClick={() => read.mutate()}>全部已读</Button>
      </div>
      <Loaded query={alerts}>
        {data => (
          <>
            <Table
              caption="收到的提醒" head={['提醒', '内容', '时间', '状态']} empty="没有提醒。订阅后发生的会列在这里。"
              rows={data.alerts.map(({ id, title, text, at, applicationId, isRead }) => ({
                key: id,
                cells: [title, applicationId ? <Link key="case" to={`/cases/${applicationId}`}>{text}</Link> : text, moment(at), isRead ? '已读' : '未读']
              }))}
            />
            <Table
              caption="已订阅" head={['提醒', '区划', '事项', '操作']} empty="还没有订阅。"
              rows={data.subscriptions.map(({ id, title, divisionName, matter }) => ({
                key: id,
                cells: [
                  title, divisionName ?? '全部所监督的', matter ?? '全部',
                  <Button key="end" size="small" aria-label={`退订：${title}`} onClick={() => unsubscribe.mutate(id)}>退订</Button>
                ]
              }))}
            />
            <Subscribe kinds={data.kinds} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Subscribe({ kinds }: { kinds: readonly { readonly kind: NewSubscription['kind']; readonly title: string }[] }) {
  const choices = useChoices()
  const { subscribe } = useAlertMoves()
  const [kind, setKind] = useState<NewSubscription['kind']>()
  const [division, setDivision] = useState<string>()
  const [slug, setSlug] = useState<string>()
  return (
    <section aria-label="订阅">
      <h2>订阅</h2>
      <div className="filters">
        <Select aria-label="提醒的种类" placeholder="种类" options={kinds.map(one => ({ value: one.kind, label: one.title }))} value={kind} className="filter" onChange={setKind} />
        <Select
          aria-label="区划" placeholder="全部所监督的区划" allowClear={CLEAR} showSearch={{ optionFilterProp: 'label' }} options={choices('divisions')}
          value={division} className="filter" onChange={setDivision}
        />
        <Select aria-label="事项" placeholder="全部事项" allowClear={CLEAR} options={choices('matters')} value={slug} className="filter" onChange={setSlug} />
        <Button
          type="primary" disabled={!kind} loading={subscribe.isPending}
          onClick={() => kind && subscribe.mutate({ kind, ...(division && { division }), ...(slug && { slug }) })}
        >订阅</Button>
      </div>
    </section>
  )
}
