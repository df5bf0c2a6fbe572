import { Alert, Button, Form, Input, Space, Spin, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '../../shared/api.ts'
import { moment } from '../labels.ts'
import { useReceived, useReplies } from './use-received.ts'

type Action = Schemas['OversightAction']

/** What supervisors sent to this desk: to be taken note of, and answered. */
export function ReceivedPage() {
  const pages = useReceived()
  const actions = (pages.data?.pages ?? []).flatMap(page => page.actions)
  return (
    <>
      <p><Link to="/">返回清单</Link></p>
      <h1>收到的督办</h1>
      {pages.error && <Alert type="error" showIcon title={pages.error.message} />}
      {pages.isPending && <Spin description="正在读取" />}
      {pages.data && actions.length === 0 && <p>没有收到督办件。</p>}
      {actions.map(action => <Received key={action.id} action={action} />)}
      {pages.hasNextPage && <Button block onClick={() => void pages.fetchNextPage()}>显示更多</Button>}
    </>
  )
}

function Received({ action }: { action: Action }) {
  const { acknowledge, reply } = useReplies()
  const [isAnswering, setAnswering] = useState(false)
  const { id, levelText, state, stateText, deadline, text, createdAt, createdBy, answer } = action
  const isOpen = state === 'sent' || state === 'acknowledged'
  return (
    <section className="panel" aria-label={`${levelText}：${text}`}>
      <h2>{levelText}　<Tag>{stateText}</Tag></h2>
      <p>{text}</p>
      <p className="quiet">{createdBy} 于 {moment(createdAt)} 发出，请在 {deadline} 前答复。</p>
      {answer !== null && <p>答复：{answer}</p>}
      {isOpen && !isAnswering && (
        <Space>
          {state === 'sent' && <Button loading={acknowledge.isPending} onClick={() => acknowledge.mutate(id)}>签收</Button>}
          <Button type="primary" onClick={() => setAnswering(true)}>答复</Button>
        </Space>
      )}
      {isOpen && isAnswering && (
        <Form layout="vertical" onFinish={({ text: words }: { text: string }) => reply.mutate({ action: id, text: words })}>
          <Form.Item name="text" label="办理情况" htmlFor={`answer-${id}`} rules={[{ required: true, whitespace: true, message: '请写明办理情况' }]}>
            <Input.TextArea id={`answer-${id}`} rows={3} maxLength={1000} autoFocus />
          </Form.Item>
          <Space>
            <Button type="primary" htmlType="submit" loading={reply.isPending}>提交答复</Button>
            <Button onClick={() => setAnswering(false)}>取消</Button>
          </Space>
        </Form>
      )}
    </section>
  )
}
