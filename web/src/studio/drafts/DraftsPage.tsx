import { Tag } from 'antd'
import { Link } from 'react-router'
import { Loaded } from '../../staff/Loaded.tsx'
import { moment } from '../../staff/labels.ts'
import { Table } from '../../staff/Table.tsx'
import { DRAFT_STATES, KINDS } from '../labels.ts'
import { NewDraft } from './NewDraft.tsx'
import { useDrafts, useModelName } from './use-drafts.ts'

const HEAD = ['模型', '种类', '状态', '起自', '保存', '最后修改']

/** What designers are working on, and the way to begin something new. */
export function DraftsPage() {
  const drafts = useDrafts()
  const nameOf = useModelName()
  return (
    <>
      <div className="page-head"><h1>草案</h1></div>
      <NewDraft />
      <Loaded query={drafts}>
        {all => (
          <Table
            caption="本地区的草案，最近修改的在前" head={HEAD} empty="还没有草案。请在上面选一个现行的流程或规则表开始。"
            rows={all.map(({ id, key, kind, state, baseVersion, version, updatedBy, updatedAt }) => ({
              key: id,
              cells: [
                <Link key="open" to={`/drafts/${id}`}>{nameOf(key)}</Link>, KINDS[kind], <Tag key="state">{DRAFT_STATES[state]}</Tag>,
                `第 ${baseVersion} 版`, `${version} 次`, <span key="last" className="nowrap"><code>{updatedBy}</code> {moment(updatedAt)}</span>
              ]
            }))}
          />
        )}
      </Loaded>
    </>
  )
}
