import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { useChoices } from '../board/use-summary.ts'
import { useDeed } from '../../staff/use-deed.ts'
import { showWrongFields } from '../../staff/wrong-fields.ts'
import { CLEAR } from '../labels.ts'
import { OUTAGES } from './keys.ts'

interface Values {
  readonly department?: string
  readonly division?: string
  readonly startedOn: string
  readonly endedOn?: string
  readonly reason: string
}

const DAY = { pattern: /^\d{4}-\d\d-\d\d$/, message: '请填写完整的年、月、日，例如：2026-03-24' }

const notBeforeFirst = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
  validator: (_rule: unknown, day?: string) => !day || day >= String(getFieldValue('startedOn') ?? '')
    ? Promise.resolve() : Promise.reject(new Error('最后一日不能早于第一日'))
})

/** Declares that a system was or is down: for a department, a division, or all. */
export function DeclareOutage({ onClose }: { onClose: () => void }) {
  const choices = useChoices()
  const [form] = Form.useForm<Values>()
  const declare = useDeed(OUTAGES, '已登记，所涉在办事项的期限随后重算', (values: Values) => {
    const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    return answer(api.POST('/outages', { body: Object.fromEntries(filled) as unknown as Values }))
  })
  const onError = (error: Error): void => showWrongFields(form, error)
  return (
    <Modal open title="登记系统故障" footer={null} onCancel={onClose}>
      <Form
        form={form} layout="vertical"
        onFinish={(values: Values) => declare.mutate(values, { onSuccess: onClose, onError })}
      >
        <Form.Item name="department" label="部门（不填为全部）" htmlFor="outage-department">
          <Select id="outage-department" allowClear={CLEAR} options={choices('departments')} />
        </Form.Item>
        <Form.Item name="division" label="区划（不填为全部）" htmlFor="outage-division">
          <Select id="outage-division" allowClear={CLEAR} showSearch={{ optionFilterProp: 'label' }} options={choices('divisions')} />
        </Form.Item>
        <Form.Item name="startedOn" label="第一日" htmlFor="outage-from" extra="期限按整日计算：故障期间的每一日都不计入。例如：2026-03-24" rules={[{ required: true, message: '请填写第一日' }, DAY]}>
          <Input id="outage-from" type="date" className="day" />
        </Form.Item>
        <Form.Item name="endedOn" label="最后一日（不填为尚未结束）" htmlFor="outage-to" extra="只停一日的，与第一日相同" dependencies={['startedOn']} rules={[DAY, notBeforeFirst]}>
          <Input id="outage-to" type="date" className="day" />
        </Form.Item>
        <Form.Item name="reason" label="原因" htmlFor="outage-reason" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
          <Input.TextArea id="outage-reason" rows={3} maxLength={500} />
        </Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={declare.isPending}>登记</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
