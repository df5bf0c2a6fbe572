import { Button, Form, Input, Space, Tag, Upload } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
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
      <Loaded query={pages}>{() => actions.length === 0 && <p>没有收到督办件。</p>}</Loaded>
      {actions.map(action => <Received key={action.id} action={action} />)}
      {pages.hasNextPage && <Button block onClick={() => void pages.fetchNextPage()}>显示更多</Button>}
    </>
  )
}

function Received({ action }: { action: Action }) {
  const { acknowledge, reply } = useReplies()
  const [isAnswering, setAnswering] = useState(false)
  const { id, levelText, state, stateText, deadline, text, createdAt, createdBy, answer, proof, proofFileName, remark } = action
  const isOpen = state === 'sent' || state === 'acknowledged'
  return (
    <section className="panel" aria-label={`${levelText}：${text}`}>
      <h2>{levelText}　<Tag>{stateText}</Tag></h2>
      <p>{text}</p>
      <p className="quiet">{createdBy} 于 {moment(createdAt)} 发出，请在 {deadline} 前答复。</p>
      {answer !== null && <p>答复：{answer}</p>}
      {proof !== null && <p>证明：{proof}</p>}
      {proofFileName !== null && <p>证明文件：<a href={`/api/v1/sla/actions/${id}/proof`}>{proofFileName}</a></p>}
      {remark !== null && <p>复核意见：{remark}</p>}
      {isOpen && !isAnswering && (
        <Space>
          {state === 'sent' && <Button loading={acknowledge.isPending} onClick={() => acknowledge.mutate(id)}>签收</Button>}
          <Button type="primary" onClick={() => setAnswering(true)}>答复</Button>
        </Space>
      )}
      {isOpen && isAnswering && <Answer action={action} reply={reply} onCancel={() => setAnswering(false)} />}
    </section>
  )
}

interface AnswerProps {
  readonly action: Action
  readonly reply: ReturnType<typeof useReplies>['reply']
  readonly onCancel: () => void
}

/** The answer and, where the rung asks for it, what proves it: a file, or words. */
function Answer({ action: { id, needsProof }, reply, onCancel }: AnswerProps) {
  const [file, setFile] = useState<File>()
  return (
    <Form layout="vertical" onFinish={({ text, proof }: { text: string; proof?: string }) => reply.mutate({ action: id, text, ...(proof && { proof }), ...(file && { file }) })}>
      <Form.Item name="text" label="办理情况" htmlFor={`answer-${id}`} rules={[{ required: true, whitespace: true, message: '请写明办理情况' }]}>
        <Input.TextArea id={`answer-${id}`} rows={3} maxLength={1000} autoFocus />
      </Form.Item>
      {needsProof && (
        <>
          <Form.Item
            name="proof" label="证明（写明内容，或在下面上传文件）" htmlFor={`proof-${id}`}
            rules={[{ validator: (_rule, value: string | undefined) => value?.trim() || file ? Promise.resolve() : Promise.reject(new Error('请写明证明内容，或上传文件')) }]}
          >
            <Input.TextArea id={`proof-${id}`} rows={2} maxLength={1000} />
          </Form.Item>
          <Form.Item>
            <Upload accept=".jpg,.jpeg,.png,.pdf" maxCount={1} onRemove={() => setFile(undefined)} beforeUpload={chosen => (setFile(chosen), false)}>
              <Button>选择证明文件（照片或扫描件）</Button>
            </Upload>
          </Form.Item>
        </>
      )}
      <Space>
        <Button type="primary" htmlType="submit" loading={reply.isPending}>提交答复</Button>
        <Button onClick={onCancel}>取消</Button>
      </Space>
    </Form>
  )
}
