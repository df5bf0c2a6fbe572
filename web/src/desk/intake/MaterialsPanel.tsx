import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Spin, Tag } from 'antd'
import { useEffect } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { DraftState } from '../../shared/draft/draft-store.ts'
import { PrintButton } from '../shared/PrintButton.tsx'
import { OriginalSeen } from '../dossier/OriginalSeen.tsx'
import { useMaterials } from '../dossier/use-dossier.ts'
import type { MaterialEntry } from '../dossier/use-dossier.ts'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'
import { ScanUpload } from './ScanUpload.tsx'

/** What has to be handed in: 免提交 with its licence, originals to be seen, papers to be scanned or printed and signed. */
export function MaterialsPanel({ draft: { id }, state }: { draft: OpenDraft; state: DraftState }) {
  const { body: { region }, savedAt } = state
  const materials = useMaterials(id)
  const queries = useQueryClient()
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['dossier', 'materials', id] })
  // What is asked for depends on what was saved.
  useEffect(() => {
    if (savedAt !== null) void queries.invalidateQueries({ queryKey: ['dossier', 'materials', id] })
  }, [savedAt, queries, id])
  const papers = useQuery({
    queryKey: ['papers', region], staleTime: Infinity,
    queryFn: () => answer(api.GET('/regions/{region}/papers', { params: { path: { region } } }))
  })
  const isToSign = (code: string): boolean => papers.data?.papers.some(paper => paper.code === code) ?? false
  return (
    <section className="panel" aria-labelledby="intake-materials">
      <h2 id="intake-materials">材料</h2>
      {materials.error && <Alert type="error" showIcon title={materials.error.message} />}
      {materials.isPending && <Spin description="正在核对材料" />}
      {materials.data?.length === 0 && <p>不用提交材料。</p>}
      <ul className="materials">
        {(materials.data ?? []).map(entry =>
          <Line key={entry.code} id={id} entry={entry} isToSign={isToSign(entry.code)} onSent={refresh} />)}
      </ul>
    </section>
  )
}

interface LineProps {
  readonly id: string
  readonly entry: MaterialEntry
  readonly isToSign: boolean
  readonly onSent: () => void
}

const NEEDS_NO_FILE: readonly MaterialEntry['state'][] = ['provided', 'exempt']

function Line({ id, entry, isToSign, onSent }: LineProps) {
  const { code, name, matters, stateText, state, replacedBy, required, condition, sharing, files } = entry
  return (
    <li>
      <span><b>{name}</b> <Tag>{stateText}</Tag></span>
      {!required && condition && <span className="quiet">{condition}</span>}
      {replacedBy && <span className="quiet">以{replacedBy.name}（{replacedBy.number}）代替，不用提交</span>}
      {!replacedBy && sharing && sharing.outcome !== 'found' && <span className="quiet">{sharing.text}</span>}
      <OriginalSeen applicationId={id} entry={entry} isMine />
      {isToSign && <PrintButton path={`applications/${id}/papers/${code}.pdf`} label={name} />}
      {files.map(file => (
        <a key={file.id} href={`/api/v1/applications/${id}/materials/${file.id}`} download>
          {file.fileName?.replace(/\.\w+$/, '') ?? '已上传的文件'}
        </a>
      ))}
      {!NEEDS_NO_FILE.includes(state) &&
        <ScanUpload id={id} code={code} name={name} onSent={onSent} {...(matters.length === 1 && { slug: matters[0] })} />}
    </li>
  )
}
