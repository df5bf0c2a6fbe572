import { Button, Form, Input, InputNumber, Modal, Select, Space } from 'antd'
import { useChoices } from '../board/use-summary.ts'
import type { LoadMove } from './use-load.ts'
import { useLoad, useMoveLoad } from './use-load.ts'

/** From whom, and how many there are. */
export interface Origin {
  readonly title: string
  readonly department: string
  readonly from: LoadMove['from']
  readonly open: number
}

interface Values {
  readonly to: string
  readonly count: number
  readonly reason: string
}

/** To whom, how many, and why. */
export function MoveLoad({ origin: { title, department, from, open }, onClose }: { origin: Origin; onClose: () => void }) {
  const move = useMoveLoad()
  const load = useLoad({ department })
  const divisions = useChoices()('divisions')
  const clerks = (load.data?.clerks ?? []).filter(({ account }) => account !== from.clerk).map(one => ({
    value: `clerk:${one.account}`, label: `${one.name === one.account ? one.account : `${one.name}（${one.account}）`}，手上 ${one.open} 件`
  }))
  const groups = divisions.filter(({ value }) => value !== from.division).map(({ value, label }) => ({ value: `division:${value}`, label: `${label}（本部门的组）` }))
  const onFinish = ({ to, count, reason }: Values): void => {
    const [kind = '', key = ''] = to.split(':')
    move.mutate({ department, from, to: { [kind]: key }, count, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Modal open title={`调出“${title}”的任务`} footer={null} onCancel={onClose}>
      <Form layout="vertical" initialValues={{ count: Math.min(open, 200) }} onFinish={onFinish}>
        <Form.Item name="to" label="调给" htmlFor="load-to" rules={[{ required: true, message: '请选择调给谁' }]}>
          <Select
            id="load-to" className="whole" showSearch={{ optionFilterProp: 'label' }} loading={load.isPending}
            options={[{ label: '承办人', options: clerks }, { label: '组', options: groups }]}
          />
        </Form.Item>
        <Form.Item name="count" label={`几件（共 ${open} 件，最急的先调）`} htmlFor="load-count" rules={[{ required: true, message: '请写明几件' }]}>
          <InputNumber id="load-count" min={1} max={Math.min(open, 200)} precision={0} controls={false} />
        </Form.Item>
        <Form.Item
          name="reason" label="理由（记入审计）" htmlFor="load-reason"
          rules={[{ required: true, whitespace: true, message: '请写明理由' }, { min: 2, message: '请写明理由，至少两个字' }]}
        >
          <Input.TextArea id="load-reason" rows={3} maxLength={500} />
        </Form.Item>
        <Space><Button type="primary" htmlType="submit" loading={move.isPending}>调配</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
