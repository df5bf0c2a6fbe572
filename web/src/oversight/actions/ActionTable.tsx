import { Button, Form, Input, Modal, Space } from 'antd'
import { useState } from 'react'
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
  const [returning, setReturning] = useState<Action>()
  const sendBack = (id: string, remark: string): void => {
    check.mutate({ id, isSettled: false, remark }, { onSuccess: () => setReturning(undefined) })
  }
  const settle = (action: Action) => (
    <Space>
      <Button size="small" type="primary" onClick={() => check.mutate({ id: action.id, isSettled: true })}>办结</Button>
      <Button size="small" onClick={() => setReturning(action)}>退回</Button>
    </Space>
  )
  const rows = actions.map(action => ({
    key: action.id,
    cells: [
      action.round > 1 ? `${action.levelText}（第 ${action.round} 次）` : action.levelText, <Target key="target" action={action} division={names('divisions', action.division)} />, action.text,
      <span key="sent">{moment(action.createdAt)}<br />{action.createdBy}</span>, action.deadline, action.stateText, <Answer key="answer" action={action} />,
      action.state === 'answered' && isSupervisor ? settle(action) : '—'
    ]
  }))
  return (
    <>
      <Table caption={caption} head={HEAD} rows={rows} empty={empty} />
      {returning && (
        <Return
          title={`退回${returning.levelText}的答复`} onClose={() => setReturning(undefined)} isBusy={check.isPending}
          onReturn={remark => sendBack(returning.id, remark)}
        />
      )}
    </>
  )
}

interface ReturnProps {
  readonly title: string
  readonly isBusy: boolean
  readonly onReturn: (remark: string) => void
  readonly onClose: () => void
}

/** Opens an action anew: what is still missing is said to whoever answers again. */
function Return({ title, isBusy, onReturn, onClose }: ReturnProps) {
  return (
    <Modal open title={title} footer={null} onCancel={onClose}>
      <Form layout="vertical" onFinish={({ remark }: { remark: string }) => onReturn(remark)}>
        <Form.Item name="remark" label="还须补充什么" htmlFor="return-remark" rules={[{ required: true, whitespace: true, message: '请写明还须补充什么' }]}>
          <Input.TextArea id="return-remark" rows={3} maxLength={1000} autoFocus />
        </Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={isBusy}>退回</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}

function Target({ action, division }: { action: Action; division: string }) {
  const name = [action.departmentName, division === '—' ? null : division, action.clerk].filter(Boolean).join('，') || '本区域'
  return action.applicationId === null ? name : <Link to={`/cases/${action.applicationId}`}>{name}的办件</Link>
}

function Answer({ action: { id, answer, answeredBy, answeredAt, proof, proofFileName, remark } }: { action: Action }) {
  if (answer === null) return '尚未答复'
  return (
    <>
      {answer}<br /><span className="quiet">{answeredBy}　{answeredAt && moment(answeredAt)}</span>
      {proof && <><br />证明：{proof}</>}
      {proofFileName && <><br /><a className="source" href={`/api/v1/sla/actions/${id}/proof`}>证明文件：{proofFileName}</a></>}
      {remark && <><br />复核意见：{remark}</>}
    </>
  )
}
