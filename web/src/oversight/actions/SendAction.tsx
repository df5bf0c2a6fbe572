import { Button, Form, Input, InputNumber, Modal, Radio, Select, Space } from 'antd'
import { useChoices } from '../board/use-summary.ts'
import { LEVELS } from '../labels.ts'
import type { NewAction } from './use-actions.ts'
import { useActionMoves } from './use-actions.ts'

interface Props {
  /** Items of the case that it is about; without them it goes to a department or a division. */
  readonly items?: readonly { readonly itemId: string; readonly title: string }[]
  /** The item that is chosen at first. */
  readonly itemId?: string
  readonly onClose: () => void
}

/** Sends a rung of the ladder. Nothing is decided by it: the case goes on as it would. */
export function SendAction({ items, itemId, onClose }: Props) {
  const { send } = useActionMoves()
  const first = items?.find(one => one.itemId === itemId) ?? items?.[0]
  const onFinish = (values: NewAction): void => {
    const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    send.mutate(Object.fromEntries(filled) as NewAction, { onSuccess: onClose })
  }
  return (
    <Modal open title="发出督办件" footer={null} onCancel={onClose} width={640}>
      <Form layout="vertical" initialValues={{ level: 'supervise', itemId: first?.itemId }} onFinish={onFinish}>
        <Form.Item name="level" label="层级">
          <Radio.Group options={Object.entries(LEVELS).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        {items ? (
          <Form.Item name="itemId" label="事项" htmlFor="action-item">
            <Select id="action-item" options={items.map(one => ({ value: one.itemId, label: one.title }))} />
          </Form.Item>
        ) : <Whole />}
        <Form.Item name="text" label="要求" htmlFor="action-text" rules={[{ required: true, whitespace: true, message: '请写明要求' }]}>
          <Input.TextArea id="action-text" rows={4} maxLength={1000} autoFocus />
        </Form.Item>
        <Form.Item
          name="clerk" label="指定承办人（账号，可不填）" htmlFor="action-clerk"
          rules={[{ pattern: /^[A-Za-z0-9._-]{1,60}$/, message: '账号由字母、数字、点和横线组成' }]}
        >
          <Input id="action-clerk" maxLength={60} />
        </Form.Item>
        <Form.Item name="workingDays" label="几个工作日内答复（不填按层级的规定）" htmlFor="action-days">
          <InputNumber id="action-days" min={1} max={60} precision={0} />
        </Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={send.isPending}>发出</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}

/** The target of an action that is about no single case. */
function Whole() {
  const choices = useChoices()
  return (
    <>
      <Form.Item
        name="department" label="部门" htmlFor="action-department" dependencies={['division']}
        rules={[({ getFieldValue }) => ({
          validator: (_rule, value) => value || getFieldValue('division') ? Promise.resolve() : Promise.reject(new Error('请选择部门或区划'))
        })]}
      >
        <Select id="action-department" allowClear options={choices('departments')} />
      </Form.Item>
      <Form.Item name="division" label="区划" htmlFor="action-division">
        <Select id="action-division" allowClear showSearch={{ optionFilterProp: 'label' }} options={choices('divisions')} />
      </Form.Item>
    </>
  )
}
