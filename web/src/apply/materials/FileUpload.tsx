import { useState } from 'react'
import type { Schemas } from '../../shared/api.ts'
import { compressed } from '../../shared/compress.ts'
import { newKey } from '../../shared/key.ts'
import { sendFile } from '../../shared/upload.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'

interface FileUploadProps {
  readonly applicationId: string
  readonly code: string
  readonly slug?: string
  /** What it is, for the label. */
  readonly name: string
  readonly hasFile: boolean
  readonly onSent: (material: Schemas['Material']) => void
}

interface Sending {
  readonly file: File
  readonly key: string
  readonly part: number
  readonly error: Error | null
}

/** Camera, album or file; with progress, and another try of the same file when it did not arrive. */
export function FileUpload({ applicationId, code, slug, name, hasFile, onSent }: FileUploadProps) {
  const [sending, setSending] = useState<Sending | null>(null)
  const send = async (file: File, key: string): Promise<void> => {
    setSending({ file, key, part: 0, error: null })
    try {
      const upload = { applicationId, code, slug, file: await compressed(file), fileName: file.name, key }
      const material = await sendFile(upload, part => setSending({ file, key, part, error: null }))
      setSending(null)
      onSent(material)
    } catch (error) {
      setSending({ file, key, part: 0, error: error as Error })
    }
  }
  const id = `file-${code}`
  return (
    <div className="upload">
      <input
        id={id} className="unseen" type="file" accept="image/jpeg,image/png,application/pdf"
        onChange={event => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void send(file, newKey())
        }}
      />
      <label htmlFor={id} className="button quiet">{hasFile ? '再传一份' : '拍照或选择文件'}<span className="unseen">：{name}</span></label>
      {sending && !sending.error && (
        <p role="status">
          正在上传 {sending.file.name} <progress value={sending.part} aria-label={`上传进度：${name}`} /> {Math.round(sending.part * 100)}%
        </p>
      )}
      {sending?.error && <ErrorNote error={sending.error} onRetry={() => void send(sending.file, sending.key)} />}
    </div>
  )
}
