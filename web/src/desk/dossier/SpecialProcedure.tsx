import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { NoticePreview } from './NoticePreview.tsx'
import type { Dossier } from './use-dossier.ts'
import type { TaskActions } from './use-task-actions.ts'

interface Props {
  readonly id: string
  readonly kinds: Dossier['special']['kinds']
  readonly start: TaskActions['startSpecial']
  readonly onClose: () => void
}

/** Stops the clock of this item alone, by a kind that the law names and a reason that the applicant reads. */
export function SpecialProcedure({ id, kinds, start, onClose }: Props) {
  const [form] = Form.useForm<{ kind: string; reason: string }>()
  const { kind, reason } = Form.useWatch(values => values, form) ?? {}
  return (
    <Modal open title="特别程序" footer={null} onCancel={onClose} width={720}>
      <p>本事项停止计时，并向申请人出具告知书；其他事项继续办理。结束后从次日继续计时。</p>
      <Form form={form} layout="vertical" onFinish={values => start.mutate(values, { onSuccess: onClose })}>
        <Form.Item name="kind" label="种类" rules={[{ required: true, message: '请选择种类' }]}>
          <Select autoFocus options={kinds.map(({ code, text }) => ({ value: code, label: text }))} />
        </Form.Item>
        <Form.Item name="reason" label="告知申请人的原因" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <NoticePreview id={id} order={{ kind: 'special', special: kind, reasonText: reason }} />
        <Space><Button type="primary" htmlType="submit" loading={start.isPending}>停止计时并告知</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
