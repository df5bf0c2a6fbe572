import { Alert, Button, Space } from 'antd'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useFindings } from '../check/use-findings.ts'
import { SavedFirst } from '../draft/SavedFirst.tsx'
import { useDraft, useSaveDraft } from '../draft/use-draft.ts'
import type { Beginning } from '../draw/beginning.ts'
import { firstBeginning, nextBeginning } from '../draw/beginning.ts'
import { forget } from '../draw/kept.ts'
import { Unsaved } from '../draw/Unsaved.tsx'
import { useSaver } from '../draw/use-saver.ts'
import { EditedTable } from './edited-table.ts'
import { RuleRows } from './RuleRows.tsx'
import { TryOut } from './TryOut.tsx'
import { readTable } from './dmn-document.ts'
import './tables.css'

/** A decision table: to change cell by cell, to try out with the rules lit that answered, and what is wrong beside its row. */
export function TableTab() {
  const { id, state } = useDraft()
  return <SavedFirst draft={id}><Rounds key={state} /></SavedFirst>
}

/** Begins anew when what was changed is given up, or when somebody else, or the history, has put another text in its place. */
function Rounds() {
  const draft = useDraft()
  // What cannot be changed any more shows what was submitted, not what this browser may have kept.
  const [begun, setBegun] = useState(() => (draft.state === 'editing' ? firstBeginning(draft) : nextBeginning(draft, 0)))
  const restart = (): void => {
    forget(draft.id)
    setBegun(({ round }) => nextBeginning(draft, round))
  }
  return <Editor key={begun.round} begun={begun} onRestart={restart} />
}

function Editor({ begun, onRestart }: { begun: Beginning; onRestart: () => void }) {
  const draft = useDraft()
  const { mutateAsync: send } = useSaveDraft(draft.id)
  const [edited] = useState(() => new EditedTable({ id: draft.id, send }, begun))
  const { saver } = edited
  const xml = useSyncExternalStore(saver.subscribe, () => edited.xml)
  const state = useSaver(saver)
  useEffect(() => { if (saver.isOthers(draft)) onRestart() }, [saver, state, draft, onRestart])
  const [hits, setHits] = useState<readonly string[]>([])
  const table = useMemo(() => readTable(xml), [xml])
  const isSaved = state.kind === 'saved'
  const isOpen = draft.state === 'editing'
  const { data: findings = [] } = useFindings(draft)
  const general = findings.filter(({ element }) => !table.rows.some(({ id }) => id === element))
  const giveUp = (): void => {
    saver.giveUp()
    onRestart()
  }
  return (
    <>
      <Unsaved draft={draft.id} what="规则表" saver={saver} state={state} isKept={begun.isKept} onGiveUp={giveUp} />
      <Space>
        <Button type="primary" disabled={!isOpen || isSaved} loading={state.kind === 'saving'} onClick={() => void saver.save()}>保存</Button>
        <Button disabled={isSaved} onClick={giveUp}>放弃改动</Button>
        <span role="status">{isSaved ? '已保存' : '有改动没有保存'}</span>
      </Space>
      {general.map(({ message }) => <Alert key={message} type="warning" showIcon title={message} />)}
      <RuleRows table={table} xml={xml} hits={hits} findings={findings} isOpen={isOpen} onChange={edited.change} />
      <TryOut draft={draft.id} columns={table.columns} isSaved={isSaved} onHits={setHits} />
    </>
  )
}
