import { Form, Input } from 'antd'

/** What something is taken for; whoever takes it is told that this is kept in the audit trail. */
export function ReasonField({ id }: { id: string }) {
  return (
    <Form.Item
      name="reason" label="用途（记入审计）" htmlFor={id}
      rules={[{ required: true, whitespace: true, message: '请写明用途' }, { min: 2, message: '请写明用途，至少两个字' }]}
    >
      <Input id={id} maxLength={200} autoFocus />
    </Form.Item>
  )
}
