import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { moment } from '../../staff/labels.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { SendAction } from './SendAction.tsx'
import type { NewAction } from './use-actions.ts'
import { useProposals } from './use-actions.ts'

const KINDS = { rating: '差评', feedback: '群众意见', action: '逾期未答复' } as const

/** What calls for an action: one click opens it filled in. Nothing is sent by itself. */
export function Proposals() {
  const proposals = useProposals()
  const [source, setSource] = useState<NewAction['source']>()
  return (
    <>
      <Loaded query={proposals}>
        {list => (
          <Table
            caption="建议督办" head={['来源', '对象', '情况', '时间', '操作']} empty="没有待督办的差评、群众意见和逾期未答复件。"
            rows={list.map(({ kind, id, applicationId, subject, text, since }) => ({
              key: id,
              cells: [
                KINDS[kind], applicationId ? <Link key="case" to={`/cases/${applicationId}`}>{subject}</Link> : subject, text, moment(since),
                <Button key="act" size="small" aria-label={`就${KINDS[kind]}督办：${subject}`} onClick={() => setSource({ kind, id })}>督办</Button>
              ]
            }))}
          />
        )}
      </Loaded>
      {source && <SendAction source={source} onClose={() => setSource(undefined)} />}
    </>
  )
}
