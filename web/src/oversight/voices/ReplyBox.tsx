import { Button, Form, Input, Space } from 'antd'
import { useState } from 'react'

interface Props {
  readonly id: string
  /** What is replied to, for who does not see where the button stands. */
  readonly subject: string
  readonly isBusy: boolean
  readonly onReply: (text: string) => void
}

/** A button that opens a box for the reply; the citizen reads it as it is written. */
export function ReplyBox({ id, subject, isBusy, onReply }: Props) {
  const [isOpen, setOpen] = useState(false)
  const field = `reply-${id}`
  if (!isOpen) return <Button type="primary" aria-label={`回复：${subject}`} onClick={() => setOpen(true)}>回复</Button>
  return (
    <Form layout="vertical" onFinish={({ text }: { text: string }) => onReply(text.trim())}>
      <Form.Item
        name="text" label="回复（群众看到的就是这些文字）" htmlFor={field}
        rules={[{ required: true, whitespace: true, message: '请写明处理结果' }]}
      >
        <Input.TextArea id={field} rows={3} maxLength={2000} autoFocus />
      </Form.Item>
      <Space><Button type="primary" htmlType="submit" loading={isBusy}>提交回复</Button><Button onClick={() => setOpen(false)}>取消</Button></Space>
    </Form>
  )
}
