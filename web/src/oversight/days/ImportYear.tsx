import { Button, Form, Input, InputNumber, Modal, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { useDeed } from '../../staff/use-deed.ts'
import { showWrongFields } from '../../staff/wrong-fields.ts'
import { CALENDAR } from './keys.ts'
import { readDays } from './read-days.ts'

interface Values {
  readonly year: number
  readonly paper: string
  readonly source: string
  readonly days: string
}

const required = (message: string) => [{ required: true, whitespace: true, message }]

/** Takes in the arrangement of a year as the State Council published it; it counts once another person has confirmed it. */
export function ImportYear({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Values>()
  const propose = useDeed(CALENDAR, '已导入，须由另一人确认后才生效', ({ year, paper, source, days }: Values) =>
    answer(api.POST('/calendar/imports', { body: { year, papers: [paper.trim()], source: source.trim(), days: [...readDays(days)!] } })))
  return (
    <Modal open title="导入年度安排" footer={null} onCancel={onClose} width={640}>
      <Form
        form={form} layout="vertical"
        onFinish={(values: Values) => propose.mutate(values, { onSuccess: onClose, onError: error => showWrongFields(form, error, { papers: 'paper' }) })}
      >
        <Form.Item name="year" label="年度" htmlFor="year" rules={[{ required: true, message: '请填写年度' }]}>
          <InputNumber id="year" min={2025} max={2100} precision={0} controls={false} autoFocus />
        </Form.Item>
        <Form.Item name="paper" label="公布文件的名称和文号" htmlFor="paper" rules={required('请填写文件名称和文号')}>
          <Input id="paper" maxLength={200} />
        </Form.Item>
        <Form.Item name="source" label="公布该安排的政府网站地址" htmlFor="source" rules={required('请填写政府网站地址')}>
          <Input id="source" maxLength={500} />
        </Form.Item>
        <Form.Item
          name="days" label="日子，每行一日：日期、休或班、名称" htmlFor="days" extra="例如：2027-01-01 休 元旦"
          rules={[{ validator: (_rule, text: string = '') => readDays(text) ? Promise.resolve() : Promise.reject(new Error('请每行写一日，如：2027-01-01 休 元旦')) }]}
        >
          <Input.TextArea id="days" rows={8} />
        </Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={propose.isPending}>导入</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
