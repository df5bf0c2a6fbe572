import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Modal, Select, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { FormSection } from './use-dossier.ts'
import { refusal } from '../shared/refusal.ts'

const PURPOSES = ['核对证件和材料', '联系申请人', '与部门系统比对', '制作文书']

interface Props {
  readonly id: string
  readonly onShow: (sections: FormSection[]) => void
  readonly onClose: () => void
}

/** Asks what for before the whole is shown; the server notes it. */
export function Reveal({ id, onShow, onClose }: Props) {
  const { message } = App.useApp()
  const show = useMutation({
    mutationFn: ({ purpose }: { purpose: string }) => answer(api.POST('/tasks/{id}/reveal', { params: { path: { id } }, body: { purpose } })),
    onSuccess: ({ sections }) => {
      onShow(sections)
      onClose()
    },
    onError: error => void message.error(refusal(error))
  })
  return (
    <Modal open title="查看全部信息" footer={null} onCancel={onClose}>
      <p>将显示未隐去的个人信息，两分钟后自动隐去。查看人、时间和用途会记入审计。</p>
      <Form layout="vertical" initialValues={{ purpose: PURPOSES[0] }} onFinish={(values: { purpose: string }) => show.mutate(values)}>
        <Form.Item name="purpose" label="用途"><Select autoFocus options={PURPOSES.map(value => ({ value, label: value }))} /></Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={show.isPending}>显示</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
