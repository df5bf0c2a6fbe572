import { Button, Form, Modal, Space } from 'antd'
import { ReasonField } from '../frame/ReasonField.tsx'

/** Asks what the evidence pack is for, and lets the browser fetch it. */
export function EvidenceDialog({ applicationId, onClose }: { applicationId: string; onClose: () => void }) {
  const fetchPack = ({ reason }: { reason: string }): void => {
    window.location.assign(`/api/v1/sla/cases/${applicationId}/evidence.zip?${new URLSearchParams({ reason: reason.trim() }).toString()}`)
    onClose()
  }
  return (
    <Modal open title="下载证据包" footer={null} onCancel={onClose}>
      <p>
        内含办理过程、期限逐日计算、所用规则与条款、文书、材料、部门回执和审计链，每个文件有散列并经签名，离开本系统也能阅读
        （打开其中的 index.html）和核验。姓名和号码已遮盖。
      </p>
      <Form layout="vertical" onFinish={fetchPack}>
        <ReasonField id="evidence-reason" />
        <Space><Button type="primary" htmlType="submit">下载</Button><Button onClick={onClose}>取消</Button></Space>
      </Form>
    </Modal>
  )
}
