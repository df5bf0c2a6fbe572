import { Button, Form, Modal, Radio, Space } from 'antd'
import { ReasonField } from '../frame/ReasonField.tsx'
import type { Filters } from './use-items.ts'

const FORMATS = [{ value: 'xlsx', label: '电子表格' }, { value: 'csv', label: '逗号分隔的文本' }]

interface Values {
  readonly format: 'csv' | 'xlsx'
  readonly reason: string
}

/** Asks what the table is for, which is kept in the audit trail, and lets the browser fetch it. */
export function ExportDialog({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const fetchTable = ({ format, reason }: Values): void => {
    window.location.assign(`/api/v1/sla/export.${format}?${new URLSearchParams({ ...filters, reason: reason.trim() }).toString()}`)
    onClose()
  }
  return (
    <Modal open title="导出在办事项" footer={null} onCancel={onClose}>
      <Form layout="vertical" initialValues={{ format: 'xlsx' }} onFinish={fetchTable}>
        <Form.Item name="format" label="格式"><Radio.Group options={FORMATS} /></Form.Item>
        <ReasonField id="export-reason" />
        <Space><Button type="primary" htmlType="submit">导出表格</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
