import { App, Button, Modal } from 'antd'
import type { ButtonProps } from 'antd'
import { useRef, useState } from 'react'
import { ApiError } from '../../shared/api.ts'
import type { Problem } from '../../shared/api.ts'
import { useAddress } from './use-address.ts'

interface PrintButtonProps extends Pick<ButtonProps, 'type' | 'autoFocus'> {
  /** Address below the interface, without a slash in front. */
  readonly path: string
  /** Sent by POST when given: what must not stand in an address. */
  readonly body?: object
  readonly label: string
}

/** Fetches a paper and shows it ready for the printer; it is kept in memory alone. */
export function PrintButton({ path, body, label, ...look }: PrintButtonProps) {
  const { message } = App.useApp()
  const [paper, setPaper] = useState<Blob>()
  const [isBusy, setBusy] = useState(false)
  const open = (): void => {
    setBusy(true)
    fetchPaper(path, body).then(setPaper, (error: Error) => void message.error(error.message)).finally(() => setBusy(false))
  }
  return (
    <>
      <Button {...look} loading={isBusy} onClick={open}>打印{label}</Button>
      {paper && <PrintDialog paper={paper} title={label} onClose={() => setPaper(undefined)} />}
    </>
  )
}

function PrintDialog({ paper, title, onClose }: { paper: Blob; title: string; onClose: () => void }) {
  const address = useAddress(paper)
  const frame = useRef<HTMLIFrameElement>(null)
  return (
    <Modal open title={title} width={900} okText="打印" cancelText="关闭" onCancel={onClose} onOk={() => frame.current?.contentWindow?.print()}>
      {address && <iframe ref={frame} className="paper" src={address} title={title} />}
    </Modal>
  )
}

/** @throws ApiError */
async function fetchPaper(path: string, body: object | undefined): Promise<Blob> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`/api/v1/${path}`, body && post).catch(() => { throw new ApiError(0, {}) })
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})) as Partial<Problem>)
  return response.blob()
}
