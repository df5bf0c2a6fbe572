import { Button, Empty, Tag } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { VerdictButtons } from './FormPanel.tsx'
import { MaterialViewer } from './MaterialViewer.tsx'
import { OriginalSeen } from './OriginalSeen.tsx'
import { useMaterials } from './use-dossier.ts'
import type { MaterialEntry, Verdict } from './use-dossier.ts'
import type { VerdictBody } from './use-task-actions.ts'

interface Props {
  readonly applicationId: string
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly isMine: boolean
  readonly onVerdict: (verdict: VerdictBody) => void
}

/** The materials with their state; the chosen file is shown beside the form. */
export function MaterialPanel(props: Props) {
  const materials = useMaterials(props.applicationId)
  return (
    <section aria-labelledby="materials-title" className="panel">
      <h2 id="materials-title">材料</h2>
      <Loaded query={materials}>{entries => <Entries entries={entries} {...props} />}</Loaded>
    </section>
  )
}

interface EntriesProps extends Props {
  readonly entries: readonly MaterialEntry[]
}

function Entries({ entries, applicationId, verdicts, isMine, onVerdict }: EntriesProps) {
  const [shown, setShown] = useState<string>()
  const files = entries.flatMap(entry => entry.files.map(file => ({ ...file, name: entry.name })))
  const file = files.find(({ id }) => id === shown) ?? files[0]
  return (
    <>
      {entries.length === 0 && <Empty description="本事项没有须审核的材料" image={Empty.PRESENTED_IMAGE_SIMPLE} />}
      <ul className="materials">
        {entries.map(entry => (
          <li key={entry.code}>
            <span><b>{entry.name}</b> <Tag>{entry.stateText}</Tag></span>
            <Files entry={entry} shown={file?.id} onShow={setShown} />
            {entry.replacedBy && <div className="quiet">{entry.replacedBy.name}（{entry.replacedBy.number}）</div>}
            <OriginalSeen {...{ applicationId, entry, isMine }} />
            {entry.files.length > 0 && (
              <VerdictButtons
                subject={`material:${entry.code}`} label={entry.name} verdict={verdicts.get(`material:${entry.code}`)} isMine={isMine} onVerdict={onVerdict}
              />
            )}
          </li>
        ))}
      </ul>
      {file && <MaterialViewer key={file.id} applicationId={applicationId} id={file.id} name={file.name} />}
    </>
  )
}

function Files({ entry, shown, onShow }: { entry: MaterialEntry; shown: string | undefined; onShow: (id: string) => void }) {
  return entry.files.map(({ id }, index) => (
    <Button key={id} size="small" aria-pressed={id === shown} onClick={() => onShow(id)}>看第{index + 1}份</Button>
  ))
}
