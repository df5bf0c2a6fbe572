import { Button, Space } from 'antd'
import { Link } from 'react-router'
import { moment } from '../../staff/labels.ts'
import { useNames } from '../board/use-summary.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Table } from '../../staff/Table.tsx'
import type { Action } from './use-actions.ts'
import { useActionMoves } from './use-actions.ts'

const HEAD = ['层级', '对象', '内容', '发出', '答复期限', '状态', '答复', '复核']

/** What was sent with its state; what was answered can be settled or returned. */
export function ActionTable({ caption, actions, empty }: { caption: string; actions: readonly Action[]; empty: string }) {
  const names = useNames()
  const isSupervisor = useIsSupervisor()
  const { check } = useActionMoves()
  const settle = (action: Action) => (
    <Space>
      <Button size="small" type="primary" onClick={() => check.mutate({ id: action.id, isSettled: true })}>办结</Button>
      <Button size="small" onClick={() => check.mutate({ id: action.id, isSettled: false })}>退回</Button>
    </Space>
  )
  const rows = actions.map(action => ({
    key: action.id,
    cells: [
      action.levelText, <Target key="target" action={action} division={names('divisions', action.division)} />, action.text,
      <span key="sent">{moment(action.createdAt)}<br />{action.createdBy}</span>, action.deadline, action.stateText, <Answer key="answer" action={action} />,
      action.state === 'answered' && isSupervisor ? settle(action) : '—'
    ]
  }))
  return <Table caption={caption} head={HEAD} rows={rows} empty={empty} />
}

function Target({ action, division }: { action: Action; division: string }) {
  const name = [action.departmentName, division === '—' ? null : division, action.clerk].filter(Boolean).join('，') || '本区域'
  return action.applicationId === null ? name : <Link to={`/cases/${action.applicationId}`}>{name}的办件</Link>
}

function Answer({ action: { answer, answeredBy, answeredAt } }: { action: Action }) {
  if (answer === null) return '尚未答复'
  return <>{answer}<br /><span className="quiet">{answeredBy}　{answeredAt && moment(answeredAt)}</span></>
}
