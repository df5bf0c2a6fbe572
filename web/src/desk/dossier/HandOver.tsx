import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Modal, Radio, Select, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { refusal } from '../shared/refusal.ts'

const WAYS = { transfer: '移交（不再归我）', delegate: '委托（退回后仍归我）', consult: '征询意见（仍由我办理）' } as const
type Way = keyof typeof WAYS

interface Values {
  readonly way: Way
  readonly to: string
  readonly text?: string
}

/** Hands the task to a colleague, lends it, or asks for an opinion. */
export function HandOver({ id, onClose }: { id: string; onClose: () => void }) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const colleagues = useQuery({
    queryKey: ['colleagues', id], queryFn: async () => (await answer(api.GET('/tasks/{id}/colleagues', { params: { path: { id } } }))).colleagues
  })
  const [form] = Form.useForm<Values>()
  const way = Form.useWatch('way', form) ?? 'transfer'
  const hand = useMutation({
    mutationFn: (values: Values) => send(id, values),
    onSuccess: () => {
      void message.success(`${WAYS[way].slice(0, 2)}已完成`)
      onClose()
    },
    onError: error => void message.error(refusal(error)),
    onSettled: () => void queries.invalidateQueries()
  })
  return (
    <Modal open title="交给同事" footer={null} onCancel={onClose}>
      <Form form={form} layout="vertical" initialValues={{ way: 'transfer' }} onFinish={values => hand.mutate(values)}>
        <Form.Item name="way" label="方式"><Radio.Group options={Object.entries(WAYS).map(([value, label]) => ({ value, label }))} vertical /></Form.Item>
        {colleagues.error && (
          <Alert
            type="error" showIcon title={`没有读到同事名单。${refusal(colleagues.error)}`}
            action={<Button onClick={() => void colleagues.refetch()}>再试一次</Button>}
          />
        )}
        <Form.Item name="to" label="同事" rules={[{ required: true, message: '请选择同事' }]}>
          <Select
            loading={colleagues.isPending} notFoundContent={colleagues.isPending ? '正在读取' : colleagues.error ? '没有读到' : '本组还没有其他同事登录过'}
            options={(colleagues.data ?? []).map(({ account, name }) => ({ value: account, label: name }))}
          />
        </Form.Item>
        <Form.Item name="text" label={way === 'consult' ? '问题' : '原因'} rules={[{ required: way === 'consult', whitespace: true, message: '请写明问题' }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={hand.isPending}>确定</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}

async function send(id: string, { way, to, text = '' }: Values): Promise<void> {
  const path = { params: { path: { id } } }
  if (way === 'consult') await answer(api.POST('/tasks/{id}/consult', { ...path, body: { to, question: text } }))
  else await answer(api.POST(way === 'transfer' ? '/tasks/{id}/transfer' : '/tasks/{id}/delegate', { ...path, body: { to, ...(text ? { reason: text } : {}) } }))
}
