import { useMemo, useState } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { TableDiff } from '../tables/TableDiff.tsx'
import { ChangeList } from './ChangeList.tsx'
import { Diagram } from './Diagram.tsx'
import type { Change } from './use-release.ts'
import { useImpact, useVersionXml } from './use-release.ts'

/** The draft beside the version that it began from, coloured alike in picture and text. */
export function CompareTab() {
  const draft = useDraft()
  const impact = useImpact(draft)
  const base = useVersionXml(draft.key, draft.baseVersion)
  return (
    <Loaded query={base}>
      {before => (
        <Loaded query={impact}>
          {({ changes }) => (draft.kind === 'process'
            ? <Diagrams before={before} after={draft.xml} baseVersion={draft.baseVersion} changes={changes} />
            : <TableDiff before={before} after={draft.xml} changes={changes} />)}
        </Loaded>
      )}
    </Loaded>
  )
}

interface DiagramsProps {
  readonly before: string
  readonly after: string
  readonly baseVersion: number
  readonly changes: readonly Change[]
}

function Diagrams({ before, after, baseVersion, changes }: DiagramsProps) {
  const [focus, setFocus] = useState<string>()
  const marks = useMemo(() => new Map(changes.map(({ element, kind }) => [element, `mark-${kind}`])), [changes])
  return (
    <>
      <div className="diagrams">
        <Diagram xml={before} label={`现行第 ${baseVersion} 版`} marks={marks} focus={focus} />
        <Diagram xml={after} label="草案" marks={marks} focus={focus} />
      </div>
      <h2>与第 {baseVersion} 版的差别</h2>
      <ChangeList changes={changes} onSelect={setFocus} />
    </>
  )
}
