import { Alert, Button, Space } from 'antd'
import { useMemo, useState } from 'react'
import { useFindings } from '../check/use-findings.ts'
import { useDraft, useSaveDraft } from '../draft/use-draft.ts'
import { RuleRows } from './RuleRows.tsx'
import { TryOut } from './TryOut.tsx'
import { readTable } from './dmn-document.ts'
import './tables.css'

/** A decision table: to change cell by cell, to try out with the rules lit that answered, and what is wrong beside its row. */
export function TableTab() {
  const draft = useDraft()
  const save = useSaveDraft(draft.id)
  const [xml, setXml] = useState(draft.xml)
  const [hits, setHits] = useState<readonly string[]>([])
  const [known, setKnown] = useState(draft.xml)
  if (draft.xml !== known) {
    setKnown(draft.xml)
    setXml(draft.xml)
  }
  const table = useMemo(() => readTable(xml), [xml])
  const isChanged = xml !== draft.xml
  const isOpen = draft.state === 'editing'
  const { data: findings = [] } = useFindings(draft)
  const general = findings.filter(({ element }) => !table.rows.some(({ id }) => id === element))
  return (
    <>
      <Space>
        <Button type="primary" disabled={!isOpen || !isChanged} loading={save.isPending} onClick={() => save.mutate({ xml, version: draft.version })}>保存</Button>
        <Button disabled={!isChanged} onClick={() => setXml(draft.xml)}>放弃改动</Button>
        <span role="status">{isChanged ? '有改动没有保存' : '已保存'}</span>
      </Space>
      {save.error && <Alert type="error" showIcon title={save.error.message} role="alert" />}
      {general.map(({ message }) => <Alert key={message} type="warning" showIcon title={message} />)}
      <RuleRows table={table} xml={xml} hits={hits} findings={findings} isOpen={isOpen} onChange={setXml} />
      <TryOut draft={draft.id} columns={table.columns} isSaved={!isChanged} onHits={setHits} />
    </>
  )
}
