import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { useId, useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { compressed } from '../../shared/compress.ts'
import { newKey } from '../../shared/key.ts'
import { sendFile } from '../../shared/upload.ts'

interface ScanUploadProps {
  readonly id: string
  readonly code: string
  readonly slug?: string
  readonly name: string
  readonly onSent: () => void
}

/** 纸质材料电子化: several page images become one PDF in the order of their names; one file stays as it is. */
export function ScanUpload({ id, code, slug, name, onSent }: ScanUploadProps) {
  const input = useId()
  const { message } = App.useApp()
  const [progress, setProgress] = useState('')
  const send = useMutation({
    mutationFn: (files: readonly File[]) => sendPages({ id, code, slug, name, files }, setProgress),
    onSuccess: () => void message.success(`已上传“${name}”`),
    onError: error => void message.error(error.message),
    onSettled: () => { setProgress(''); onSent() }
  })
  return (
    <span className="scan">
      <input
        id={input} className="unseen" type="file" multiple accept="image/jpeg,image/png,application/pdf" disabled={send.isPending}
        onChange={event => {
          const files = [...event.target.files ?? []].sort((one, other) => one.name.localeCompare(other.name, 'zh-CN', { numeric: true }))
          event.target.value = ''
          if (files.length > 0) send.mutate(files)
        }}
      />
      <label htmlFor={input} className="scan-button">扫描上传（可选多页）<span className="unseen">：{name}</span></label>
      {progress && <span role="status">{progress}</span>}
    </span>
  )
}

interface Pages extends Omit<ScanUploadProps, 'onSent'> {
  readonly files: readonly File[]
}

/** @throws ApiError */
async function sendPages({ id, code, slug, name, files }: Pages, tell: (progress: string) => void): Promise<void> {
  const pages: string[] = []
  for (const [index, file] of files.entries()) {
    tell(`正在上传第 ${index + 1} 页，共 ${files.length} 页`)
    const upload = { applicationId: id, code, slug, file: await compressed(file), fileName: file.name, key: newKey() }
    pages.push((await sendFile(upload, () => undefined)).id)
  }
  if (pages.length < 2) return
  tell('正在合成一份')
  await answer(api.POST('/applications/{id}/scans', { params: { path: { id } }, body: { code, name, pages, ...(slug && { slug }) } }))
}
