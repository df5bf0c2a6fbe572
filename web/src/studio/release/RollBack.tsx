import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { useDeed } from '../../staff/use-deed.ts'

/** Hands an earlier text in again; like any release it needs a second person. */
export function RollBack({ model, version }: { model: string; version: number }) {
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const navigate = useNavigate()
  const deed = useDeed('drafts', '已送审，请另一位设计人员发布', async (_: undefined) => {
    const { id } = await answer(api.POST('/definitions/{key}/roll-back', { params: { path: { key: model } }, body: { version, reason } }))
    void navigate(`/drafts/${id}/release`)
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>恢复第 {version} 版</Button>
      <Modal
        title={`恢复第 ${version} 版`} open={isOpen} onCancel={() => setOpen(false)} okText="送审" cancelText="取消"
        okButtonProps={{ disabled: reason.trim().length < 2, loading: deed.isPending }} onOk={() => deed.mutate(undefined)}
      >
        <p>以第 {version} 版的内容另起草案并送审，由另一位设计人员发布后生效。在办件不受影响。</p>
        <label htmlFor={`roll-back-${version}`}>为什么恢复</label>
        <Input.TextArea id={`roll-back-${version}`} rows={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      </Modal>
    </>
  )
}
