import { useState } from 'react'
import type { Schemas } from '../../shared/api.ts'
import { FileUpload } from './FileUpload.tsx'

type Entry = Schemas['MaterialEntry']

const DONE: readonly Entry['state'][] = ['provided', 'exempt', 'uploaded', 'original-verified']
const NEEDS_NO_FILE: readonly Entry['state'][] = ['provided', 'exempt', 'original-verified']

interface MaterialEntryProps {
  readonly id: string
  readonly entry: Entry
  /** A paper of ours that is printed, signed and handed in. */
  readonly isToSign: boolean
  readonly onSent: () => void
}

/** One material with its state; what is not 免提交 can be uploaded. After a photograph it says what was mended. */
export function MaterialEntry({ id, entry, isToSign, onSent }: MaterialEntryProps) {
  const [sent, setSent] = useState<Schemas['Material'] | null>(null)
  const { code, name, required, condition, standard, state, stateText, replacedBy, original, files, matters, sharing } = entry
  return (
    <li>
      <h2>{name}</h2>
      <p><span className={DONE.includes(state) ? 'tag done' : required ? 'tag todo' : 'tag'}>{stateText}</span></p>
      {replacedBy && <p className="hint">以{replacedBy.name}（{replacedBy.number}）代替，不用提交。</p>}
      {!required && <p className="hint">{condition ?? '按需提供'}</p>}
      {!replacedBy && sharing && sharing.outcome !== 'found' && <p className="hint">{sharing.text}</p>}
      {standard && !replacedBy && <p className="hint">要求：{standard}</p>}
      {original && !original.isVerified && (
        <ul className="reasons">{original.ways.map(({ way, text }) => <li key={way}>{text}</li>)}</ul>
      )}
      {isToSign && <p><a href={`/api/v1/applications/${id}/papers/${code}.pdf`} download>下载按申请填好的一份</a>，签名后拍照上传。</p>}
      <FileList id={id} files={files} />
      {sent?.findings?.map(({ code: of, message }) => <p key={of} className="hint" role="status">{message}</p>)}
      {!NEEDS_NO_FILE.includes(state) && (
        <FileUpload
          applicationId={id} code={code} name={name} hasFile={files.length > 0}
          onSent={material => { setSent(material); onSent() }}
          {...(matters.length === 1 ? { slug: matters[0] } : {})}
        />
      )}
    </li>
  )
}

/** What was uploaded. */
function FileList({ id, files }: { id: string; files: Entry['files'] }) {
  if (files.length === 0) return null
  return (
    <ul className="files">
      {files.map(file => (
        <li key={file.id}>
          <a href={`/api/v1/applications/${id}/materials/${file.id}`} download>{file.fileName ?? '已上传的文件'}</a>
          （{Math.max(1, Math.round(file.size / 1024))} KB）
          {file.mediaType.startsWith('image/') && (
            <img className="preview" src={`/api/v1/applications/${id}/materials/${file.id}`} alt={`预览：${file.fileName ?? '已上传的图片'}`} />
          )}
        </li>
      ))}
    </ul>
  )
}
