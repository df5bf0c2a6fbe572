import { Button, Space, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '../../shared/api.ts'
import { CHANNELS, ITEM_STATES } from '../../staff/labels.ts'
import { useNames } from '../board/use-summary.ts'
import { Light } from '../frame/Light.tsx'
import { More } from '../frame/More.tsx'
import { PrintButton } from '../frame/PrintButton.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { ItemFilters } from './ItemFilters.tsx'
import { useFilters, useItems } from './use-items.ts'

const HEAD = ['办件编号', '事项', '时限', '承诺办结', '现由谁办理', '状态', '区划', '渠道']

/** The open items, the most urgent first, each with who has to do something next. */
export function ItemsPage() {
  const [filters, change] = useFilters()
  const [isExporting, setExporting] = useState(false)
  const names = useNames()
  const pages = useItems(filters)
  const listOf = (items: readonly Schemas['SlaItem'][]) => (
    <Table
      caption={`最紧急的在前，已列出 ${items.length} 项`} head={HEAD} empty="没有符合条件的在办事项。"
      rows={items.map(item => ({
        key: item.id, cells: [...cellsOf(item), names('divisions', item.division), CHANNELS[item.channel]]
      }))}
    />
  )
  return (
    <>
      <div className="page-head">
        <h1>在办事项</h1>
        <Space><PrintButton /><Button onClick={() => setExporting(true)}>导出</Button></Space>
      </div>
      <ItemFilters filters={filters} onChange={change} />
      <Loaded query={pages}>{data => listOf(data.pages.flatMap(page => page.items))}</Loaded>
      <More pages={pages} />
      {isExporting && <ExportDialog filters={filters} onClose={() => setExporting(false)} />}
    </>
  )
}

function cellsOf(item: Schemas['SlaItem']) {
  return [
    <Link key="number" className="nowrap" to={`/cases/${item.applicationId}?item=${item.id}`}>{item.number}</Link>,
    item.title, <Light key="light" item={item} />,
    `${item.promisedDueDate ?? '—'}${item.isProvisional ? '（暂定）' : ''}`, item.holder?.text,
    <span key="state">{ITEM_STATES[item.status]}{item.hasIncident && <Tag className="light-red">系统故障待处理</Tag>}</span>
  ]
}
